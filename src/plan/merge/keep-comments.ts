import { ExpectedError } from '../../errors.ts';
import { openYaml } from '../../yaml/yaml-file.ts';
import { mergeText, type TextVersions } from './merge-text.ts';
import { withTheirComments } from './their-comments.ts';

type Lines = readonly string[];

/**
 * Two branches' YAML, merged by values, with the comments of theirs too: the same merge line by line, where that says
 * the same in the same order and every comment stands above what it stood above. Lines that both put at one place
 * stand one after the other. Where the lines cannot be merged, comments of theirs come to the lines that theirs decided.
 * @param merged the versions merged by values, which have the comments of ours
 */
export function keepComments(versions: TextVersions, merged: string): string {
  if (!hasComments(versions.theirs)) return merged;
  const wanted = valuesOf(merged);
  const byLines = versions.base === undefined ? undefined : mergedByLines(versions, versions.base, wanted);
  return byLines ?? withTheirComments(versions, merged, (text) => valuesOf(text) === wanted);
}

function mergedByLines(versions: TextVersions, base: string, wanted: string | undefined): string | undefined {
  const placed = {
    base: withPlaces(base),
    ours: withPlaces(versions.ours),
    theirs: withPlaces(versions.theirs),
  };
  const orders: ((ours: Lines, theirs: Lines) => Lines)[] = [
    (ours, theirs) => [...ours, ...theirs],
    (ours, theirs) => [...theirs, ...ours],
    (ours, theirs) => [...entriesOf(ours), ...entriesOf(theirs)].sort(byKey).flat(),
  ];
  for (const together of orders) {
    const { text, conflicts } = mergeText({ ...placed, together });
    const plain = withoutPlaces(text);
    if (conflicts.length === 0 && valuesOf(plain) === wanted && withPlaces(plain) === text) return plain;
  }
  return undefined;
}

/** Stands between a line and the place where it is; no YAML text holds it: https://yaml.org/spec/1.2.2/#51-character-set */
const mark = '\u0001';

/**
 * Each line with the keys above it, so that equal lines of different places are not taken for each other. A comment's
 * place is that of the line it stands above.
 */
function withPlaces(text: string): string {
  const lines = text.split('\n');
  const places: string[] = [];
  const above: { column: number; key: string }[] = [];
  for (const line of lines) {
    const bare = line.replace(/\r$/, '');
    if (isAside(bare)) {
      places.push('');
      continue;
    }
    while ((above.at(-1)?.column ?? -1) >= indentOf(bare)) above.pop();
    above.push({ column: indentOf(bare), key: bare.trim().replace(/(^[^\s-][^:]*):( .*)?$/, '$1') });
    places.push(above.map(({ key }) => key).join(mark));
  }
  return lines
    .map((line, index) => {
      const bare = line.replace(/\r$/, '');
      if (bare.trim() === '') return line;
      const place = places.slice(index).find((found) => found !== '') ?? '';
      return `${bare}${mark}${place}${line.slice(bare.length)}`;
    })
    .join('\n');
}

function withoutPlaces(text: string): string {
  return text.replaceAll(new RegExp(`${mark}[^\\r\\n]*`, 'g'), '');
}

function hasComments(text: string): boolean {
  return /(^|\s)#/m.test(text);
}

/** Undefined for what is no YAML. The order of keys counts. */
function valuesOf(text: string): string | undefined {
  try {
    return JSON.stringify(openYaml(text).documents.map((document) => document.value()));
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

/** Lines of a block collection, by entry with the comments above it. */
function entriesOf(lines: Lines): string[][] {
  const column = Math.min(...lines.filter((line) => !isAside(line)).map(indentOf));
  const entries: string[][] = [];
  let isOpen = false;
  for (const line of lines) {
    const begins = isOpen && indentOf(line) <= column;
    if (begins || entries.length === 0) {
      entries.push([]);
      isOpen = false;
    }
    entries.at(-1)?.push(line);
    if (!isAside(line)) isOpen = true;
  }
  return entries;
}

function byKey(one: Lines, other: Lines): number {
  return keyOf(one) < keyOf(other) ? -1 : 1;
}

function keyOf(entry: Lines): string {
  return withoutPlaces(entry.find((line) => !isAside(line)) ?? '')
    .trim()
    .replace(/:( .*)?$/, '');
}

function isAside(line: string): boolean {
  return /^\s*(#|$)/.test(line);
}

function indentOf(line: string): number {
  return line.search(/\S|$/);
}
