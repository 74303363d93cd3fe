import type { Finding } from './scan-rule.ts';
import type { ScannedFile } from './scanned-file.ts';

/** `flux-repo-ignore secrets/plain-secret: reason`, as a comment of whatever language the file is in. */
export interface IgnoreComment {
  rule: string;
  /** Empty when none is given: such a comment ignores nothing. */
  reason: string;
  /** Offsets of what it is for: the YAML document it stands in, or the whole file. */
  start: number;
  end: number;
  at: number;
}

const sign = 'flux-repo-ignore';
const form = new RegExp(`${sign}[ \\t]+(secrets/[a-z-]+)(?:[ \\t]*:([^\\n]*))?`, 'g');

/** Ends of comments and of JSON texts, which are no part of the reason. */
const tail = /(?:-->|\*\/|"[,}]?)?\s*$/;

/** What people said about findings that are none. */
export function ignoreComments(file: ScannedFile): IgnoreComment[] {
  if (!file.text.includes(sign)) return [];
  return [...file.text.matchAll(form)].map(({ index, 1: rule = '', 2: rest = '' }) => ({
    rule,
    reason: rest.replace(tail, '').trim(),
    at: index,
    ...extentOf(file, index),
  }));
}

/** Comments that ignore nothing, because they name no rule or give no reason. */
export function* ignoreCommentFaults(
  file: ScannedFile,
  comments: readonly IgnoreComment[],
  rules: readonly string[],
): Generator<Finding> {
  for (const { rule, reason, at } of comments) {
    const isKnown = rules.includes(rule);
    if (isKnown && reason !== '') continue;
    yield {
      place: file.placeOf(at),
      message: isKnown ? `ignores ${rule} without a reason` : `ignores ${rule}, which is no rule`,
      fix: [isKnown ? `Say why: ${sign} ${rule}: REASON` : `The rules are: ${rules.join(', ')}`],
    };
  }
}

function extentOf(file: ScannedFile, at: number): { start: number; end: number } {
  const document = file.isManifest
    ? file.documents().find(({ start, text }) => start <= at && at < start + text.length)
    : undefined;
  if (document === undefined) return { start: 0, end: file.text.length };
  return { start: document.start, end: document.start + document.text.length };
}
