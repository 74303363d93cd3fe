import { ExpectedError } from '../errors.ts';
import { type GitCall, runGit } from './run-git.ts';

/**
 * Refuses a git that would not read its configuration from the environment: it would ask the person's own helpers for a
 * token instead of taking ours. https://github.com/git/git/blob/master/Documentation/RelNotes/2.31.0.adoc
 *
 * @throws ExpectedError `git-too-old`
 */
export async function requireGitForTokens(call: GitCall): Promise<void> {
  const said = await runGit(['version'], call);
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(said) ?? [];
  if (Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 31)) return;
  throw new ExpectedError({
    code: 'git-too-old',
    exitCode: 1,
    message: 'this git is too old to be given a token safely',
    why: [`It says: ${said}. Version 2.31 is needed.`],
    hint: 'Install a newer git: https://git-scm.com/downloads',
  });
}
