import { basename } from 'node:path';
import { usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { npx } from './program.ts';
import { shellQuote } from './shell-quote.ts';

/** Commands of this version in the order of `--help`, each with its line there. */
export const commandSummaries = {
  create: 'the same as without a command',
  add: 'add a cluster, an app, a component, a team and so on',
  remove: 'take one away, in safe phases',
  apply: 'make the files follow an edited flux-repo.yaml',
  diff: 'show what apply would do',
  check: 'prove the repository without a cluster',
  resolve: 'end a git merge conflict in generated files',
  secrets: 'encrypted Secrets: their whole life',
  publish: 'bring the repository to its provider',
  keys: 'deploy keys that clusters read the repository with',
} as const;

export type CommandName = keyof typeof commandSummaries;

export const commandNames: readonly CommandName[] = [
  'create',
  'add',
  'remove',
  'apply',
  'diff',
  'check',
  'resolve',
  'secrets',
  'publish',
  'keys',
];

/** Words that later versions take for commands; a folder of such a name would change its meaning one day. */
const laterNames = [
  'bootstrap',
  'doctor',
  'status',
  'graph',
  'completion',
  'plugin',
  'adopt',
  'move',
  'upgrade',
  'promote',
  'backup',
  'restore',
];

/** The command that was probably meant, when reading the arguments failed. */
export function commandIn(argv: readonly string[]): string {
  return commandNames.find((name) => name === argv.find((word) => !word.startsWith('-'))) ?? 'create';
}

/** The command that a folder's name is, or nearly is. `./check` is always a folder. */
export function commandMeant(directory: string): { name: string; isLater: boolean } | undefined {
  if (basename(directory) !== directory) return undefined;
  const names = [...commandNames, ...laterNames];
  const name = names.find((known) => known === directory) ?? nearest(directory, names);
  return name === undefined ? undefined : { name, isLater: laterNames.includes(name) };
}

/**
 * Refuses a folder that was probably meant as a command, now or one day.
 * @throws ExpectedError (exit 2)
 */
export function refuseCommandLike(directory: string): void {
  const meant = commandMeant(directory);
  if (meant === undefined) return;
  const hint = `for a folder write: ${npx} ${shellQuote(`./${directory}`)}`;
  const later = meant.isLater
    ? `"${meant.name}" is not in this version, which has: ${commandNames.join(', ')}`
    : undefined;
  if (meant.name === directory)
    throw usageError(`"${directory}" is a command`, {
      code: 'not-in-this-version',
      why: [later ?? 'Write it before everything else.'],
      hint,
    });
  throw usageError(`"${directory}" looks like a command; did you mean "${meant.name}"?`, {
    code: 'command-like-folder',
    why: later === undefined ? [] : [later],
    hint,
  });
}
