import type { RepoPath } from '../tree/repo-path.ts';

/** `# flux-repo-ignore <rule>: <reason>`. */
export interface IgnoreComment {
  file: RepoPath;
  /** 1-based, as `column`. */
  line: number;
  column: number;
  /** `group/name`, or `group/*` for all of a group. */
  rule: string;
  /** Empty when none is given. */
  reason: string;
  /** It stands above everything in the file, and counts for all of it. */
  isForFile: boolean;
}

const comment = /(?:^|\s)#\s*flux-repo-ignore\b[ \t]*([^\s:]*)[ \t]*:?[ \t]*(.*)$/;

/** The comments of a file by which people turn findings off. */
export function ignoreComments(file: RepoPath, text: string): IgnoreComment[] {
  if (!text.includes('flux-repo-ignore')) return [];
  const found: IgnoreComment[] = [];
  let isTop = true;
  for (const [row, content] of text.split(/\r?\n/).entries()) {
    const [whole, rule = '', reason = ''] = comment.exec(content) ?? [];
    isTop &&= /^\s*(#.*|---\s*)?$/.test(content);
    if (whole === undefined) continue;
    const column = content.indexOf('#', content.length - whole.length) + 1;
    found.push({ file, line: row + 1, column, rule, reason: reason.trim(), isForFile: isTop });
  }
  return found;
}

/** Whether a comment is about a finding: on its line, on the line above, or for the whole file. */
export function isAbout(
  { rule, line, isForFile, reason }: IgnoreComment,
  finding: { rule: string; line?: number },
): boolean {
  if (!isOf(rule, finding.rule) || reason === '') return false;
  return isForFile || line === finding.line || line + 1 === finding.line;
}

/** Whether a comment is about a file that is not there: it says its path, and why it is to stay away. */
export function isAboutGone({ rule, reason }: IgnoreComment, finding: { rule: string; file: RepoPath }): boolean {
  const [path, ...why] = reason.split(/[\s:,]+/).filter((word) => word !== '');
  return isOf(rule, finding.rule) && path === finding.file && why.length > 0;
}

function isOf(named: string, rule: string): boolean {
  return named === rule || (named.endsWith('/*') && rule.startsWith(named.slice(0, -1)));
}
