import { Command } from 'commander';
import { type CommandName, commandNames, commandSummaries } from './command-names.ts';
import { createCommand } from './create-command.ts';
import type { RunInvocation } from './invocation.ts';

type OnRun = (invocation: RunInvocation) => void;

/** Arguments and flags of each command, loaded when it is asked for: nobody waits for those of another one. */
const definitions: Record<CommandName, (onRun: OnRun, argv: readonly string[]) => Promise<Command>> = {
  create: async (onRun) =>
    createCommand('create', (options) => onRun({ kind: 'run', command: 'create', options })).usage('[dir] [options]'),
  add: async (onRun) =>
    (await import('./add-command.ts')).addCommand((options) => onRun({ kind: 'run', command: 'add', options })),
  remove: async (onRun) =>
    (await import('./remove-command.ts')).removeCommand((options) =>
      onRun({ kind: 'run', command: 'remove', options }),
    ),
  apply: async (onRun) =>
    (await import('./change-commands.ts')).applyCommand((options) => onRun({ kind: 'run', command: 'apply', options })),
  diff: async (onRun) =>
    (await import('./change-commands.ts')).diffCommand((options) => onRun({ kind: 'run', command: 'diff', options })),
  check: async (onRun) =>
    (await import('./check-command.ts')).checkCommand((options) => onRun({ kind: 'run', command: 'check', options })),
  resolve: async (onRun) =>
    (await import('./change-commands.ts')).resolveCommand((options) =>
      onRun({ kind: 'run', command: 'resolve', options }),
    ),
  publish: async (onRun) =>
    (await import('./publish-command.ts')).publishCommand((options) =>
      onRun({ kind: 'run', command: 'publish', options }),
    ),
  keys: async (onRun) =>
    (await import('./keys-command.ts')).keysCommand((options) => onRun({ kind: 'run', command: 'keys', options })),
  secrets: async (onRun, argv) =>
    (await import('./secrets-command.ts')).secretsCommand(
      (options) => onRun({ kind: 'run', command: 'secrets', options }),
      argv,
    ),
};

/**
 * Every command, in the order of `--help`. One that no word names cannot be asked for: it is only its name and summary.
 * @param argv the words after the program's name
 */
export function commandsFor(argv: readonly string[], onRun: OnRun): Promise<Command[]> {
  return Promise.all(
    commandNames.map(async (name) => {
      const command = argv.includes(name) ? await definitions[name](onRun, argv) : new Command(name);
      return command.summary(commandSummaries[name]);
    }),
  );
}
