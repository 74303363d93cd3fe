import { isMap, isSeq } from 'yaml';
import { regionEnd, regionStart, slotsOf } from './layout.ts';
import { columnOf, isFirstOnLine, lineStart } from './text-lines.ts';
import type { YamlDocument } from './yaml-file.ts';
import { isFlow, keyText, type YamlCollection, type YamlNode } from './yaml-node.ts';
import type { YamlPath } from './yaml-path.ts';

/** Anchors, aliases and tags, which mean nothing elsewhere; text that looks so is not worth telling apart. */
const bound = /(^|[\s[{,])[&*!]/;

/**
 * How an entry is written, with the comments that belong to it: its lines from column 0, without line endings.
 * Undefined when there is no comment, so that its value says all, and when its lines would not stand elsewhere.
 * @param path to a map's entry or a list's item; empty for the whole document, without its marker
 * @throws ExpectedError `yaml-syntax`
 */
export function entryLines(document: YamlDocument, path: YamlPath): string[] | undefined {
  const { text } = document;
  if (path.length === 0) return portable(text.replace(/^(?:[ \t]*(?:#.*)?\r?\n)*---[ \t]*\r?\n/, ''), 0);
  const parent = nodeAt(document.contents(), path.slice(0, -1));
  if (parent === undefined || isFlow(parent)) return undefined;
  const index = indexIn(parent, path.at(-1));
  const slots = slotsOf(text, parent);
  const [before, slot] = [slots[index - 1], slots[index]];
  if (slot === undefined || !isFirstOnLine(text, slot.start)) return undefined;
  // The comments above a document's first entry are about the document.
  const floor = before === undefined ? (path.length === 1 ? lineStart(text, slot.start) : 0) : regionEnd(text, before);
  return portable(text.slice(regionStart(text, slot, floor), regionEnd(text, slot)), columnOf(text, slot.start));
}

function nodeAt(root: YamlNode | null, path: YamlPath): YamlCollection | undefined {
  let node = root;
  for (const step of path) {
    if (isMap(node)) node = node.items[indexIn(node, step)]?.value ?? null;
    else if (isSeq(node)) node = node.items[indexIn(node, step)] ?? null;
    else return undefined;
  }
  return isMap(node) || isSeq(node) ? node : undefined;
}

function indexIn(parent: YamlCollection, step: string | number | undefined): number {
  if (isMap(parent)) return parent.items.findIndex(({ key }) => keyText(key) === step);
  return typeof step === 'number' ? step : -1;
}

function portable(text: string, column: number): string[] | undefined {
  if (!/(^|\s)#/.test(text) || bound.test(text) || /^(%|\.\.\.)/m.test(text)) return undefined;
  const indent = ' '.repeat(column);
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (!lines.every((line) => line.trim() === '' || line.startsWith(indent))) return undefined;
  return lines.map((line) => line.slice(column));
}
