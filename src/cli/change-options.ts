import { Option } from 'commander';
import type { Sides } from '../commands/sides.ts';
import { type GlobalOptions, globalOptions } from './global-options.ts';
import { collect, onlyText, type Said, textsOf } from './said-by.ts';

/** Options of every command that changes a repository which is there. */
export interface ChangeOptions extends GlobalOptions {
  /** Also with `--pull-request`. */
  commit: boolean;
  pullRequest: boolean;
  /** `--ca-file`, as typed. */
  caFile: string | undefined;
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
    new Option('--pull-request', 'commit to a branch, push it, open a pull request').helpGroup('Behaviour:'),
    new Option('--ca-file <file>', "certificate of the provider's own authority, as PEM")
      .argParser(collect)
      .helpGroup('Behaviour:'),
    new Option('--keys-dir <dir>', 'where new private keys go (default: in ~/.config)')
      .argParser(collect)
      .helpGroup('Behaviour:'),
    ...sideFlags(),
  ];
}

export function changeOptions(said: Said): ChangeOptions {
  const pullRequest = said.get('pullRequest') === true;
  return {
    ...globalOptions(said),
    commit: said.get('commit') === true || pullRequest,
    pullRequest,
    caFile: onlyText('--ca-file', textsOf('caFile', said)),
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
