import { Command } from 'commander';
import { usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { npx } from './program.ts';
import type { SecretsCreateOptions } from './secrets/create-command.ts';
import type { SecretsDeleteOptions } from './secrets/delete-command.ts';
import type { SecretsEditOptions } from './secrets/edit-command.ts';
import type { ListOptions } from './secrets/list-command.ts';
import type { PushKeyOptions } from './secrets/push-key-command.ts';
import type { RecipientsOptions } from './secrets/recipients-command.ts';
import type { RotateOptions } from './secrets/rotate-command.ts';
import type { ScanOptions } from './secrets/scan-command.ts';
import type { SecretsSetOptions } from './secrets/set-command.ts';
import type { SecretsShowOptions } from './secrets/show-command.ts';
import type { SecretsUnsetOptions } from './secrets/unset-command.ts';
import type { VerifyOptions } from './secrets/verify-command.ts';
import { shellCommand } from './shell-quote.ts';

/** What was said to a verb, which is its `verb`: a union, one member a row of `verbs`. */
export type SecretsOptions =
  | SecretsCreateOptions
  | SecretsSetOptions
  | SecretsUnsetOptions
  | SecretsEditOptions
  | SecretsShowOptions
  | SecretsDeleteOptions
  | ListOptions
  | VerifyOptions
  | ScanOptions
  | RecipientsOptions
  | RotateOptions
  | PushKeyOptions;

/** One verb of `secrets`. */
interface SecretsVerb {
  /** Its line in the help of `secrets`: what it does, and whether a private key is needed. */
  summary: string;
  /** Loads its arguments and flags, of `src/cli/secrets/<verb>-command.ts`. */
  define(onRun: (options: SecretsOptions) => void): Promise<Command>;
}

/** In the order of the help: to write, to read, to prove, to change who can read. */
const verbs: Readonly<Record<string, SecretsVerb>> = {
  create: {
    summary: 'make a new Secret; public keys are enough',
    define: async (onRun) => (await import('./secrets/create-command.ts')).secretsCreateCommand(onRun),
  },
  set: {
    summary: 'set one value; needs a private key',
    define: async (onRun) => (await import('./secrets/set-command.ts')).secretsSetCommand(onRun),
  },
  unset: {
    summary: 'take one key out; needs a private key',
    define: async (onRun) => (await import('./secrets/unset-command.ts')).secretsUnsetCommand(onRun),
  },
  edit: {
    summary: 'open a file in your editor; needs a private key',
    define: async (onRun) => (await import('./secrets/edit-command.ts')).secretsEditCommand(onRun),
  },
  show: {
    summary: 'show values; needs a private key',
    define: async (onRun) => (await import('./secrets/show-command.ts')).secretsShowCommand(onRun),
  },
  delete: {
    summary: 'take a Secret away; needs no key',
    define: async (onRun) => (await import('./secrets/delete-command.ts')).secretsDeleteCommand(onRun),
  },
  list: {
    summary: 'the encrypted files: who can read each, and what decrypts it (no private key)',
    define: async (onRun) => (await import('./secrets/list-command.ts')).listCommand(onRun),
  },
  verify: {
    summary: 'prove that files are whole and clusters can read theirs (with the keys at hand)',
    define: async (onRun) => (await import('./secrets/verify-command.ts')).verifyCommand(onRun),
  },
  scan: {
    summary: 'look for secrets in plain text, for hooks and CI; needs no key',
    define: async (onRun) => (await import('./secrets/scan-command.ts')).scanCommand(onRun),
  },
  recipients: {
    summary: 'list, add and remove who can read; adding and removing need a private key',
    define: async (onRun) => (await import('./secrets/recipients-command.ts')).recipientsCommand(onRun),
  },
  rotate: {
    summary: 'replace keys of clusters without an outage; needs a private key',
    define: async (onRun) => (await import('./secrets/rotate-command.ts')).rotateCommand(onRun),
  },
  'push-key': {
    summary: 'give a cluster its private keys; needs them',
    define: async (onRun) => (await import('./secrets/push-key-command.ts')).pushKeyCommand(onRun),
  },
};

/**
 * `secrets` with a command for each verb. A verb that no word names is only its name and summary.
 * @param argv the words after the program's name
 */
export async function secretsCommand(
  onRun: (options: SecretsOptions) => void,
  argv: readonly string[],
): Promise<Command> {
  const command = new Command('secrets')
    .usage('<verb> [options]')
    .description('Secrets, encrypted with SOPS for age keys: neither program needs to be installed.')
    .argument('[verb...]')
    .enablePositionalOptions()
    .helpCommand(false)
    .commandsGroup('Verbs:');
  for (const [name, { summary, define }] of Object.entries(verbs)) {
    const verb = argv.includes(name) ? await define(onRun) : new Command(name);
    command.addCommand(verb.summary(summary));
  }
  return command.action(() => {
    if (command.args.length > 0) throw unknownVerb(command.args);
    command.outputHelp();
  });
}

function unknownVerb([word = '', ...rest]: readonly string[]): Error {
  const known = Object.keys(verbs);
  const meant = nearest(word, known);
  return usageError(`secrets knows no "${word}"; it knows ${known.join(', ')}`, {
    hint: meant === undefined ? `${npx} secrets --help` : `${npx} ${shellCommand(['secrets', meant, ...rest])}`,
  });
}
