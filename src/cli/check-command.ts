import { Command, Option } from 'commander';
import { usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { withFlags } from './change-commands.ts';
import { type ChangeOptions, changeFlags, changeOptions } from './change-options.ts';
import { type GlobalOptions, globalFlags, globalOptions } from './global-options.ts';
import { npx } from './program.ts';
import { collect, onlyText, refuseForeignFlags, type Said, saidBy, textsOf } from './said-by.ts';

const formats = ['text', 'json', 'sarif', 'github'] as const;

/** How findings are printed: for people, for scripts, for code scanning, as annotations of a GitHub workflow. */
export type CheckFormat = (typeof formats)[number];

/** What was said to `check`. */
export interface CheckOptions extends GlobalOptions {
  /** `[dir]`, as given. */
  folder: string | undefined;
  format: CheckFormat;
  /** `--cluster`: only what concerns this one. */
  cluster: string | undefined;
  /** Put right what is safely put right. */
  fix: boolean;
  /** What is done with the fixes besides writing them. */
  change: ChangeOptions;
  /** A warning fails too. */
  strict: boolean;
  /** `--explain`: about one rule, without checking. */
  explain: string | undefined;
  /** `--rules`: about all rules, without checking. */
  listRules: boolean;
}

/** Of the flags of changing commands, those that a fix has. */
const committing = new Set(['commit', 'pullRequest', 'caFile']);

/** `check`: the offline proof. */
export function checkCommand(onRun: (options: CheckOptions) => void): Command {
  const command = withFlags(
    new Command('check')
      .usage('[dir] [options]')
      .description(
        'Prove a Flux repository without a cluster: build what every cluster would apply, and find what would fail there. Needs no network and no other program.',
      )
      .argument('[dir]', 'the repository, or any folder (default: the one you are in)'),
    [
      option('--format <format>', `${formats.join(', ')} (default: text)`).argParser(collect),
      option('--cluster <name>', 'only what concerns this cluster').argParser(collect),
      option('--strict', 'fail on warnings too'),
      option('--fix', 'put right what is safely put right, after showing it'),
      ...changeFlags().filter((flag) => committing.has(flag.attributeName())),
      option('--rules', 'list all rules').helpGroup('About rules:'),
      option('--explain <rule>', 'why a rule matters, and what to do').argParser(collect).helpGroup('About rules:'),
      ...globalFlags(['config']),
    ],
    `  This repository:\n    ${npx} check\n  In a GitHub workflow:\n    ${npx} check --format github\n  What a finding means:\n    ${npx} check --explain reference/depends-on\n  A finding that is meant so, in a file:\n    # flux-repo-ignore reference/depends-on: made by another team`,
  );
  return command.action(() => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    const folder: unknown = command.processedArgs[0];
    const global = globalOptions(said);
    const format = formatOf(said, global.json);
    const fix = said.get('fix') === true;
    const change = changeOptions(said);
    if (change.commit && !fix)
      throw usageError('--commit and --pull-request are for what --fix writes', {
        hint: `${npx} check --fix ${change.pullRequest ? '--pull-request' : '--commit'}`,
      });
    onRun({
      ...global,
      json: format === 'json',
      folder: typeof folder === 'string' ? folder : undefined,
      format,
      cluster: onlyText('--cluster', textsOf('cluster', said)),
      fix,
      change,
      strict: said.get('strict') === true,
      explain: onlyText('--explain', textsOf('explain', said)),
      listRules: said.get('rules') === true,
    });
  });
}

function formatOf(said: Said, json: boolean): CheckFormat {
  const told = onlyText('--format', textsOf('format', said));
  const format = formats.find((known) => known === told);
  if (told !== undefined && format === undefined) {
    const meant = nearest(told, formats);
    throw usageError(`--format ${told} is not known`, {
      why: [`Known are ${formats.join(', ')}.`],
      hint: `${npx} check --format ${meant ?? 'text'}`,
    });
  }
  if (json && format !== undefined && format !== 'json')
    throw usageError(`--json and --format ${format} contradict each other`, { hint: 'leave one of them out' });
  return json ? 'json' : (format ?? 'text');
}

function option(flags: string, about: string): Option {
  return new Option(flags, about).helpGroup('Behaviour:');
}
