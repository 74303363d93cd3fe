import { ignoreComments } from '../ignore-comments.ts';
import type { Finding, Rule } from '../rule.ts';

export const checkIgnoreWithoutReason: Rule = {
  id: 'check/ignore-without-reason',
  severity: 'warning',
  why: 'A finding that is turned off without a reason cannot be judged by the next person, so it still counts.',
  fix: 'Write it as `# flux-repo-ignore <rule>: <reason>`.',
  *find({ files }): Generator<Finding> {
    for (const { path, text } of files.values())
      for (const { line, column, rule, reason } of ignoreComments(path, text))
        if (reason === '' || rule === '')
          yield {
            message: rule === '' ? 'no rule is named to be ignored' : `no reason is given for ignoring ${rule}`,
            at: { file: path, line, column },
          };
  },
};

/** Found by the runner, which knows the other rules. */
export const checkUnknownIgnore: Rule = {
  id: 'check/unknown-ignore',
  severity: 'warning',
  why: 'A comment that names no rule turns nothing off, and looks as if it did.',
  fix: 'Name one of the rules: check --rules lists them.',
  find: () => [],
};

/** Found by the runner, which knows what every other rule found. */
export const checkUnusedIgnore: Rule = {
  id: 'check/unused-ignore',
  severity: 'info',
  why: 'A comment that turns nothing off hides the next finding of its kind.',
  fix: 'Remove the comment.',
  find: () => [],
};
