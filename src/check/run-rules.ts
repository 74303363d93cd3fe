import { nearest } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { CheckedRepository } from './checked-repository.ts';
import { type IgnoreComment, ignoreComments, isAbout, isAboutGone } from './ignore-comments.ts';
import { inPlaces, mergedOverClusters } from './merge-findings.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { checkUnknownIgnore, checkUnusedIgnore } from './rules/check-ignore.ts';

/** A finding as it is told. */
export interface CheckedProblem extends Problem {
  file: RepoPath;
  hint: string;
  /** Equal before and after an edit that does not concern it: of the rule, the object and the place in it, no lines. */
  fingerprint: string;
  /** Equal in findings that one mistake brings. */
  cause?: string;
  /** What a command leaves for a person to do next: no reason to refuse its plan. */
  isNextStep: boolean;
  fix?: Fix;
}

/** A finding with its rule. */
export interface Found {
  rule: Rule;
  finding: Finding;
}

/**
 * Runs rules over a repository: findings of several clusters once, without those that a comment turns off, by file and
 * line.
 *
 * @param cluster only what concerns this one: its own findings, and those of no cluster in files that it reads
 */
export function runRules(
  repository: CheckedRepository,
  rules: readonly Rule[],
  of: { cluster: string; reads(path: RepoPath): boolean } | undefined = undefined,
): CheckedProblem[] {
  const all = rules.flatMap((rule) => [...rule.find(repository)].map((finding): Found => ({ rule, finding })));
  const ids = rules.map(({ id }) => id);
  const { kept, unused } = withoutIgnored(repository, all, ids);
  const asked = [...kept, ...unused].filter(
    ({ finding }) => of === undefined || (finding.cluster ?? of.cluster) === of.cluster,
  );
  const told = asked.filter(
    ({ finding }) => of === undefined || finding.cluster !== undefined || of.reads(finding.at.file),
  );
  return inPlaces(mergedOverClusters(repository, told).map(problemOf));
}

/** @param ids of all rules: a comment may name another, which is none */
function withoutIgnored(
  repository: CheckedRepository,
  found: readonly Found[],
  ids: readonly string[],
): { kept: Found[]; unused: Found[] } {
  const comments = new Map<RepoPath, IgnoreComment[]>();
  for (const { path, text } of repository.files.values()) {
    const own = ignoreComments(path, text);
    if (own.length > 0) comments.set(path, own);
  }
  const used = new Set<IgnoreComment>();
  const kept = found.filter(({ rule, finding }) => {
    const place = { rule: rule.id, ...finding.at };
    const about = (comments.get(finding.ignoredIn ?? finding.at.file) ?? []).filter((comment) =>
      finding.ignoredIn === undefined ? isAbout(comment, place) : isAboutGone(comment, place),
    );
    for (const comment of about) used.add(comment);
    return about.length === 0;
  });
  const idle = [...comments.values()].flat().filter((comment) => comment.reason !== '' && !used.has(comment));
  return { kept, unused: idle.map((comment) => idleFinding(comment, ids)) };
}

function idleFinding({ file, line, column, rule }: IgnoreComment, ids: readonly string[]): Found {
  const place = { at: { file, line, column }, key: rule };
  const isKnown = ids.some((id) => id === rule || (rule.endsWith('/*') && id.startsWith(rule.slice(0, -1))));
  if (isKnown)
    return { rule: checkUnusedIgnore, finding: { message: `${rule} is ignored here, and finds nothing`, ...place } };
  const likely = nearest(rule, ids) ?? ids.find((id) => id.endsWith(`/${rule}`));
  const hint = likely === undefined ? {} : { hint: `Did you mean ${likely}?` };
  return {
    rule: checkUnknownIgnore,
    finding: { message: `${rule} is ignored here, and is no rule`, ...place, ...hint },
  };
}

function problemOf({ rule, finding }: Found): CheckedProblem {
  const { message, at, object, key, cause, hint, severity, fix } = finding;
  return {
    rule: rule.id,
    severity: severity ?? rule.severity,
    message,
    ...at,
    ...(object !== undefined && { object }),
    hint: hint ?? rule.fix,
    ...(fix !== undefined && { fixable: true, fix }),
    isNextStep: rule.isNextStep === true,
    ...(cause !== undefined && { cause: `${rule.id} ${cause}` }),
    fingerprint: JSON.stringify([rule.id, at.file, object, key ?? message]),
  };
}
