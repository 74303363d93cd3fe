import { Option } from 'commander';
import { collect, onlyText, type Said, textsOf } from './said-by.ts';

/** Options that every command has. */
export interface GlobalOptions {
  yes: boolean;
  dryRun: boolean;
  json: boolean;
  verbose: boolean;
  noInput: boolean;
  config: string | undefined;
  /** `-C`. */
  directory: string | undefined;
}

/** @param without attributes of those that mean nothing to a command */
export function globalFlags(without: readonly string[] = []): Option[] {
  const flags: [string, string][] = [
    ['-y, --yes', 'take defaults and apply without asking'],
    ['--config <file>', 'answers from a file, - for stdin; flags win'],
    ['--dry-run', 'show the plan, write nothing'],
    ['--no-input', 'never ask'],
    ['-C, --directory <dir>', 'work in another directory'],
    ['--json', 'print one JSON document'],
    ['--verbose', 'list every file; show where an error arose'],
  ];
  return flags
    .map(([flag, about]) => {
      const option = new Option(flag, about).helpGroup('Behaviour:');
      return option.required ? option.argParser(collect) : option;
    })
    .filter((option) => !without.includes(option.attributeName()));
}

export function globalOptions(said: Said): GlobalOptions {
  return {
    yes: said.get('yes') === true,
    dryRun: said.get('dryRun') === true,
    json: said.get('json') === true,
    verbose: said.get('verbose') === true,
    noInput: said.get('input') === false,
    config: onlyText('--config', textsOf('config', said)),
    directory: onlyText('--directory', textsOf('directory', said)),
  };
}
