import { Option } from 'commander';
import type { Sides } from '../commands/sides.ts';
import { usageError } from '../errors.ts';
import { type GlobalOptions, globalOptions } from './global-options.ts';
import { npx } from './program.ts';
import { collect, onlyText, type Said, textsOf } from './said-by.ts';

/** Options of every command that changes a repository which is there. */
export interface ChangeOptions extends GlobalOptions {
  commit: boolean;
  sides: Sides;
  keysDirectory: string | undefined;
}

export function sideFlags(): Option[] {
  return [
    new Option('--ours [path]', 'where both changed a file, keep yours').argParser(collectPath),
    new Option('--theirs [path]', 'there, take what is generated').argParser(collectPath),
  ].map((option) => option.helpGroup('Conflicts:'));
}

export function changeFlags(): Option[] {
  return [
    new Option('--commit', 'commit what is written, and nothing else').helpGroup('Behaviour:'),
    new Option('--pull-request').hideHelp(),
    new Option('--keys-dir <dir>', 'where new private keys go (default: in ~/.config)')
      .argParser(collect)
      .helpGroup('Behaviour:'),
    ...sideFlags(),
  ];
}

/** @throws ExpectedError (exit 2) for flags of a later version */
export function changeOptions(said: Said): ChangeOptions {
  if (said.has('pullRequest'))
    throw usageError('--pull-request: not in this version', {
      code: 'not-in-this-version',
      hint: `use --commit and push, or see what there is: ${npx} --help`,
    });
  return {
    ...globalOptions(said),
    commit: said.get('commit') === true,
    keysDirectory: onlyText('--keys-dir', textsOf('keysDir', said)),
    sides: sidesOf(said),
  };
}

export function sidesOf(said: Said): Sides {
  return { ours: sideOf('ours', said), theirs: sideOf('theirs', said) };
}

function sideOf(flag: string, said: Said): Sides['ours'] {
  return said.get(flag) === true ? 'all' : (textsOf(flag, said) ?? []);
}

/** Once without a path is for all of them, whatever else is named. */
export function collectPath(path: string, before: unknown): true | string[] {
  return before === true ? true : collect(path, before);
}
