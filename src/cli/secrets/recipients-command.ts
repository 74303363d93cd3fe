import { Command, Option } from 'commander';
import { usageError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { withFlags } from '../change-commands.ts';
import { type ChangeOptions, changeFlags, changeOptions } from '../change-options.ts';
import { globalFlags } from '../global-options.ts';
import { npx } from '../program.ts';
import { collect, onlyText, refuseForeignFlags, saidBy, textsOf } from '../said-by.ts';
import { shellCommand } from '../shell-quote.ts';

/** What is to be done about who can read. */
export type RecipientsAction =
  | { action: 'list' }
  | { action: 'add'; name: string; recipient: string }
  | { action: 'remove'; name: string; confirmed: string | undefined }
  | { action: 'update' };

export type RecipientsOptions = ChangeOptions & RecipientsAction & { verb: 'recipients' };

type OnRun = (options: RecipientsOptions) => void;

const summaries = {
  list: 'who can read how many files, and what to do with the recovery key; needs no key',
  add: 'let a colleague read everything; needs a private key',
  remove: 'shut somebody out, with new data keys; needs a private key',
  update: 'encrypt every file for those whom .sops.yaml names; needs a private key',
} as const;

/** `secrets recipients` with a command for each action. */
export function recipientsCommand(onRun: OnRun): Command {
  const command = new Command('recipients')
    .usage('<action> [options]')
    .description('Who can read the secrets: people by name, and the clusters.')
    .argument('[action...]')
    .enablePositionalOptions()
    .helpCommand(false)
    .commandsGroup('Actions:')
    .addCommand(listCommand(onRun))
    .addCommand(addCommand(onRun))
    .addCommand(removeCommand(onRun))
    .addCommand(updateCommand(onRun));
  return command.action(() => {
    const [word = '', ...rest] = command.args;
    if (command.args.length === 0) return command.outputHelp();
    const known = Object.keys(summaries);
    const meant = nearest(word, known);
    throw usageError(`secrets recipients knows no "${word}"; it knows ${known.join(', ')}`, {
      hint: `${npx} ${shellCommand(['secrets', 'recipients', ...(meant === undefined ? ['--help'] : [meant, ...rest])])}`,
    });
  });
}

function listCommand(onRun: OnRun): Command {
  const command = withFlags(
    new Command('list').summary(summaries.list).description('List who can read how many files. Needs no private key.'),
    globalFlags(['config', 'yes', 'dryRun']),
    `  ${npx} secrets recipients list`,
  );
  return command.action(() => run(command, onRun, { action: 'list' }));
}

function addCommand(onRun: OnRun): Command {
  const command = withFlags(
    new Command('add')
      .summary(summaries.add)
      .description(
        'Let a person read every secret: into flux-repo.yaml and .sops.yaml, and every file is encrypted for them too. Needs a private key that opens the files.',
      )
      .argument('<name>', 'whose key it is')
      .argument('<recipient>', 'the public half, age1…, never the private one'),
    changingFlags(),
    `  The colleague makes a key, and gives away the public half:\n    age-keygen -o ~/.config/sops/age/keys.txt\n  Somebody who can read already lets them in:\n    ${npx} secrets recipients add ada age1… --commit`,
  );
  return command.action((name: string, recipient: string) => run(command, onRun, { action: 'add', name, recipient }));
}

function removeCommand(onRun: OnRun): Command {
  const command = withFlags(
    new Command('remove')
      .summary(summaries.remove)
      .description(
        'Take a person out of flux-repo.yaml and .sops.yaml, and encrypt what they could read with new data keys. Values that they have seen must change as well. Needs a private key that opens the files.',
      )
      .argument('<name>', 'as in flux-repo.yaml, under secrets.recipients'),
    [
      new Option('--confirm <name>', 'the name again, where nobody is asked')
        .argParser(collect)
        .helpGroup('Behaviour:'),
      ...changingFlags(),
    ],
    `  ${npx} secrets recipients remove ada --confirm ada --commit`,
  );
  return command.action((name: string) => {
    const confirmed = onlyText('--confirm', textsOf('confirm', saidBy(command)));
    run(command, onRun, { action: 'remove', name, confirmed });
  });
}

function updateCommand(onRun: OnRun): Command {
  const command = withFlags(
    new Command('update')
      .summary(summaries.update)
      .description(
        'Encrypt every file for exactly those whom its rule in .sops.yaml names: after a cluster joined an environment, or after a merge. Values keep their ciphertext. Needs a private key where somebody is new.',
      ),
    changingFlags(),
    `  ${npx} secrets recipients update --commit`,
  );
  return command.action(() => run(command, onRun, { action: 'update' }));
}

/** No file of ours is compared for these but `.sops.yaml` and the README; `--ours` and `--theirs` are for those. */
function changingFlags(): Option[] {
  return [...changeFlags(), ...globalFlags(['config'])];
}

function run(command: Command, onRun: OnRun, action: RecipientsAction): void {
  refuseForeignFlags(command);
  onRun({ ...changeOptions(saidBy(command)), verb: 'recipients', ...action });
}
