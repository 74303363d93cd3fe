import type { TextVersions } from './merge-text.ts';

/** A line of YAML that says something, and what people wrote about it. */
interface Entry {
  index: number;
  column: number;
  /** Without its comment. */
  code: string;
  /** Behind it, from its `#` on; empty where there is none. Text in quotes may look so: edits are checked. */
  trailing: string;
  /** Lines of comments directly above, without their indentation. */
  above: readonly string[];
}

/**
 * Puts what theirs newly says in comments to the lines that are as theirs has them, where a merge by values left it
 * out: behind a value that was taken from theirs, and above it. Where both wrote one behind it, both stay.
 * @param merged the versions merged by values, with the comments of ours
 * @param isSame whether a text still says what `merged` says
 */
export function withTheirComments(
  { base, ours, theirs }: TextVersions,
  merged: string,
  isSame: (text: string) => boolean,
): string {
  if (!theirs.includes('#')) return merged;
  const before = entriesByPlace(base ?? '');
  const own = entriesByPlace(ours);
  const result = entriesByPlace(merged);
  let lines = merged.split('\n');
  for (const [place, other] of entriesByPlace(theirs)) {
    const there = result.get(place);
    if (there === undefined || there.code !== other.code) continue;
    const line = commented(lines[there.index] ?? '', there, other, {
      before: before.get(place),
      isOursOwn: own.get(place)?.trailing !== before.get(place)?.trailing,
    });
    const edited = lines.with(there.index, line);
    if (line !== lines[there.index] && isSame(edited.join('\n'))) lines = edited;
  }
  return lines.join('\n');
}

/** @returns a merged line, and above it the comments that theirs has put there */
function commented(
  line: string,
  there: Entry,
  { trailing, above }: Entry,
  { before, isOursOwn }: { before: Entry | undefined; isOursOwn: boolean },
): string {
  const ending = line.endsWith('\r') ? '\r' : '';
  const indent = ' '.repeat(there.column);
  const isNew = trailing !== '' && trailing !== before?.trailing && !there.trailing.includes(trailing);
  const behind = [trailing, ...(isOursOwn && there.trailing !== '' ? [there.trailing] : [])].join(' ');
  const fresh = above.filter((comment) => !before?.above.includes(comment) && !there.above.includes(comment));
  return [
    ...fresh.map((comment) => `${indent}${comment}${ending}`),
    isNew ? `${indent}${there.code} ${behind}${ending}` : line,
  ].join('\n');
}

/** By the keys above each line and its own; places that are there twice are left out. */
function entriesByPlace(text: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const twice = new Set<string>();
  const parents: { column: number; key: string }[] = [];
  let above: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const bare = line.trim();
    if (bare === '' || bare.startsWith('#')) {
      above = bare === '' ? [] : [...above, bare];
      continue;
    }
    const column = line.search(/\S/);
    const start = bare.search(/\s+#/);
    const code = start === -1 ? bare : bare.slice(0, start);
    while ((parents.at(-1)?.column ?? -1) >= column) parents.pop();
    parents.push({ column, key: code.replace(/(^[^\s-][^:]*):( .*)?$/, '$1') });
    const place = JSON.stringify(parents.map(({ key }) => key));
    if (entries.has(place)) twice.add(place);
    entries.set(place, { index, column, code, trailing: bare.slice(code.length).trimStart(), above });
    above = [];
  }
  for (const place of twice) entries.delete(place);
  return entries;
}
