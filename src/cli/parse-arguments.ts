import { type Command, CommanderError, Option } from 'commander';
import { usageError } from '../errors.ts';
import { commandsFor } from './command-definitions.ts';
import { createCommand, flagAsFolder } from './create-command.ts';
import type { Invocation } from './invocation.ts';
import { npx, version } from './program.ts';
import { shellCommand } from './shell-quote.ts';

/**
 * Reads the words after the program's name.
 * @param width columns for help, 80 at most
 * @throws ExpectedError (exit 2) for words we do not know
 */
export async function parseArguments(argv: readonly string[], width: number): Promise<Invocation> {
  let printed = '';
  let invocation: Invocation | undefined;
  const program = createCommand('create-flux-repo', (options) => {
    invocation = { kind: 'run', command: 'create', options };
  })
    .usage('[dir] [options]')
    .enablePositionalOptions()
    .commandsGroup('Commands:')
    .helpCommand('help', 'print this');
  for (const command of await commandsFor(argv, (asked) => (invocation = asked))) program.addCommand(command);
  for (const command of withDescendants(program))
    command
      .exitOverride()
      .addHelpOption(new Option('-h, --help', 'print this').helpGroup('Behaviour:'))
      .optionsGroup('Behaviour:')
      .version(version, '-v, --version', 'print the version')
      .configureHelp({
        helpWidth: Math.min(width, 80),
        minWidthToWrap: 20,
        sortSubcommands: false,
        subcommandTerm: (below) => below.name(),
      })
      .configureOutput({ writeOut: (text) => (printed += text), writeErr: () => undefined });
  try {
    // package managers disagree on who takes the `--` out of `npm create flux-repo -- --yes`
    program.parse(argv[0] === '--' ? argv.slice(1) : argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw misused(error, argv);
  }
  return invocation ?? { kind: 'print', text: printed };
}

/** The command and all below it. */
function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}

/** commander's words: `error: unknown option '--clutser'`, on the next line `(Did you mean --cluster?)`. */
function misused({ message }: CommanderError, argv: readonly string[]): Error {
  const [said = '', guess = ''] = message.replace(/^error: /, '').split('\n');
  // what stands behind a flag that we do not know may be a password
  const what = said.replace(/^(unknown option '-[^=']*)=.*$/, "$1'");
  const wrong = /unknown option '(--[^'=]+)/.exec(what)?.[1];
  if (wrong !== undefined && argv[0] === '--' && argv[1]?.split('=')[0] === wrong) return flagAsFolder(wrong);
  const meant = /Did you mean (--[a-z-]+)\?/.exec(guess)?.[1];
  const corrected =
    wrong && meant
      ? argv.map((word) => (word.split('=')[0] === wrong ? meant + word.slice(wrong.length) : word))
      : undefined;
  const hint = corrected ? `${npx} ${shellCommand(corrected)}` : `see what there is: ${npx} --help`;
  return usageError(what.replace(/\.$/, ''), { hint });
}
