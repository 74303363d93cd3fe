import { Command, Option } from 'commander';
import type { Sides } from '../commands/sides.ts';
import { type ChangeOptions, changeFlags, changeOptions, collectPath, sideFlags, sidesOf } from './change-options.ts';
import { type GlobalOptions, globalFlags, globalOptions } from './global-options.ts';
import { npx } from './program.ts';
import { refuseForeignFlags, saidBy } from './said-by.ts';

export type ApplyOptions = ChangeOptions;

export interface DiffOptions extends GlobalOptions {
  exitCode: boolean;
  sides: Sides;
}

export interface ResolveOptions extends GlobalOptions {
  commit: boolean;
  sides: Sides;
}

/** `apply`: the model was edited, the files follow. */
export function applyCommand(onRun: (options: ApplyOptions) => void): Command {
  const command = withFlags(
    new Command('apply').description(
      'Regenerate from the edited flux-repo.yaml. Edits of yours in generated files are kept.',
    ),
    [...changeFlags(), ...globalFlags(['config'])],
    `  See what it would do:\n    ${npx} diff\n  Do it and commit it:\n    ${npx} apply --yes --commit`,
  );
  return command.action(() => {
    refuseForeignFlags(command);
    onRun(changeOptions(saidBy(command)));
  });
}

/** `diff`: what `apply` would do. */
export function diffCommand(onRun: (options: DiffOptions) => void): Command {
  const command = withFlags(
    new Command('diff').description('Show what apply would do, as a unified diff. Writes nothing.'),
    [
      new Option('--exit-code', 'exit with 1 when there is a difference').helpGroup('Behaviour:'),
      ...sideFlags(),
      ...globalFlags(['config']),
    ],
    `  Has somebody edited flux-repo.yaml without apply?\n    ${npx} diff --exit-code`,
  );
  return command.action(() => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    onRun({ ...globalOptions(said), exitCode: said.get('exitCode') === true, sides: sidesOf(said) });
  });
}

/** `resolve`: git stopped in the middle of a merge. */
export function resolveCommand(onRun: (options: ResolveOptions) => void): Command {
  const command = withFlags(
    new Command('resolve').description(
      'After a merge, rebase or cherry-pick that stopped: merge flux-repo.yaml and what is generated, keep the edits of both branches, stage the result.',
    ),
    [
      new Option('--commit', 'conclude the merge, when nothing else is unmerged').helpGroup('Behaviour:'),
      new Option('--ours [path]', 'where both changed a value, take ours')
        .argParser(collectPath)
        .helpGroup('Conflicts:'),
      new Option('--theirs [path]', 'there, take theirs').argParser(collectPath).helpGroup('Conflicts:'),
      ...globalFlags(['config']),
    ],
    `  Git says CONFLICT:\n    ${npx} resolve\n  See first what it would do:\n    ${npx} resolve --dry-run`,
  );
  return command.action(() => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    onRun({ ...globalOptions(said), commit: said.get('commit') === true, sides: sidesOf(said) });
  });
}

export function withFlags(command: Command, flags: readonly Option[], examples: string): Command {
  for (const option of flags) command.addOption(option);
  return command.allowExcessArguments(false).addHelpText('after', `\nExamples:\n${examples}\n`);
}
