import type { RepoPath } from '../../tree/repo-path.ts';
import type { CommandWriter } from './scan-rule.ts';

/** Whose secrets a folder holds, as flags of `secrets create`; DESIGN of the generated repository. */
const owners: ReadonlyArray<readonly [pattern: RegExp, flags: (groups: readonly string[]) => string[]]> = [
  [/^apps\/overlays\/([^/]+)\/([^/]+)\//, ([environment = '', app = '']) => withEnvironment('--app', app, environment)],
  [
    /^infrastructure\/overlays\/([^/]+)\/([^/]+)\//,
    ([environment = '', component = '']) => withEnvironment('--component', component, environment),
  ],
  [/^(?:secrets|clusters)\/([^/]+)\//, ([cluster = '']) => ['--cluster', cluster]],
];

/** The command that makes an encrypted Secret in the place of a plain one; what cannot be known is in capitals. */
export function createCommand(
  path: RepoPath,
  { name = 'NAME', namespace }: { name?: string | undefined; namespace?: string | undefined },
  write: CommandWriter,
): string {
  const where = namespace === undefined ? [] : ['--namespace', namespace];
  for (const [pattern, flags] of owners) {
    const groups = pattern.exec(path);
    if (groups !== null) return write.tool('secrets', 'create', name, ...flags(groups.slice(1)), ...where);
  }
  return write.tool('secrets', 'create', name, '--app', 'APP', ...where);
}

/**
 * Makes an encrypted Secret in the place of a plain one. The plain one goes first, since an object can be in a build only
 * once; a person does that, who sees what else is in the file.
 */
export function replaceAdvice(
  path: RepoPath,
  secret: { name?: string | undefined; namespace?: string | undefined },
  write: CommandWriter,
): string[] {
  return [
    `Keep its values at hand, take it out of ${path} and of the list that names the file, then:`,
    createCommand(path, secret, write),
  ];
}

/** Brings back what was committed last, and then gives one value anew; what no commit has is made anew. */
export function restoreAdvice(path: RepoPath, key: string | undefined, write: CommandWriter): string[] {
  if (['untracked', 'staged'].includes(write.stateOf(path))) return replaceAdvice(path, {}, write);
  const restore = write.shell('git', 'restore', '--staged', '--worktree', '--', path);
  return key === undefined ? [restore] : [restore, write.tool('secrets', 'set', path, key)];
}

function withEnvironment(flag: string, owner: string, environment: string): string[] {
  return [flag, owner, '--environment', environment];
}
