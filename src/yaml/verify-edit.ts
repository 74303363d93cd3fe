import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import type { Child, Draft } from './draft.ts';
import { draftValue } from './draft-value.ts';
import { regionEnd, slotsOf } from './layout.ts';
import { parseOptions } from './parse-chunk.ts';
import type { Rendering } from './rendering.ts';
import { sameNode, sameProperties } from './same-node.ts';
import { shiftAt } from './splice.ts';
import { isFirstOnLine, lineKind, lineStart } from './text-lines.ts';
import { isFlow, keyText, type YamlNode } from './yaml-node.ts';

/** A range of whole lines of the old text that parses on its own, and what it has to hold after the edit. */
interface Scope {
  start: number;
  end: number;
  /** The one entry in it; absent for the whole document. */
  entry?: Child;
  draft: Draft;
}

/**
 * Parses what was written and compares it with what was meant: values, and anchors, tags and styles of what should
 * not have changed. Only the smallest entries around the changes are parsed, so that large files stay quick.
 * @throws Error when they differ: our bug, and the file must not be written
 */
export function verifyEdit(rendering: Rendering, edited: string): void {
  const { text, document, splices } = rendering;
  const whole: Scope = { start: 0, end: text.length, draft: document.root };
  // Directives change what the text below them means.
  const scopes = /^%/m.test(text) ? [whole] : scopesOf(text, document.root, whole);
  for (const { start, end, entry, draft } of new Set(scopes)) {
    const newStart = start === 0 ? 0 : start + shiftAt(splices, start);
    const parsed = parseDocument(edited.slice(newStart, end + shiftAt(splices, end)), parseOptions);
    const contents = entry === undefined ? parsed.contents : onlyEntry(parsed.contents, entry);
    const matches = contents !== undefined && isAsMeant(rendering, draft, contents, parsed);
    if (parsed.errors.length > 0 || !matches) throw new Error('an edit of YAML did not become what it should be');
  }
}

function scopesOf(text: string, draft: Draft, scope: Scope): Scope[] {
  const { content, node } = draft;
  if (content.kind === 'kept') return [];
  if (content.kind === 'new' || content.source === undefined || content.source !== node || isFlow(node)) return [scope];
  const isSame = ({ index, renamed }: Child, position: number) => index === position && !renamed;
  if (content.children.length !== node.items.length || !content.children.every(isSame)) return [scope];
  const slots = slotsOf(text, node);
  return content.children.flatMap((entry, index) => {
    const slot = slots[index];
    if (slot === undefined || !isFirstOnLine(text, slot.start) || entry.key === '')
      return scopesOf(text, entry.draft, scope);
    const own = {
      start: lineStart(text, slot.start),
      end: afterBlankLines(text, regionEnd(text, slot)),
      entry,
      draft: entry.draft,
    };
    return scopesOf(text, entry.draft, own);
  });
}

/** Blank lines below could have become part of an entry's text. */
function afterBlankLines(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && lineKind(text, at).kind === 'blank') at = lineKind(text, at).next;
  return at;
}

/** The value of the one entry of a map or list; undefined when that is not what is there. */
function onlyEntry(contents: YamlNode | null, entry: Child): YamlNode | null | undefined {
  if (isSeq(contents)) return contents.items.length === 1 ? contents.items[0] : undefined;
  if (!isMap(contents) || contents.items.length !== 1) return undefined;
  const [pair] = contents.items;
  return pair !== undefined && keyText(pair.key) === entry.key ? pair.value : undefined;
}

function isAsMeant(rendering: Rendering, draft: Draft, node: YamlNode | null, parsed: Document.Parsed): boolean {
  const { content } = draft;
  if (content.kind === 'kept') return sameNode(draft.node, node);
  // Without entries of the file's own, the order of keys is that of JavaScript.
  if (content.kind === 'new' || content.source === undefined || content.source.items.length === 0) {
    const value: unknown = node === null ? null : node.toJS(parsed);
    return sameProperties(draft.node, node) && isDeepStrictEqual(value, draftValue(rendering.document, draft));
  }
  const { children } = content;
  if (!sameProperties(draft.node, node)) return false;
  if (content.kind === 'list' && isSeq(node))
    return (
      node.items.length === children.length &&
      node.items.every((item, index) => childIsAsMeant(rendering, children[index], item, parsed))
    );
  if (content.kind === 'list' || !isMap(node) || node.items.length !== children.length) return false;
  return node.items.every(({ key, value }, index) => {
    const child = children[index];
    return keyText(key) === child?.key && childIsAsMeant(rendering, child, value, parsed);
  });
}

function childIsAsMeant(
  rendering: Rendering,
  child: Child | undefined,
  node: YamlNode | null,
  parsed: Document.Parsed,
): boolean {
  return child !== undefined && isAsMeant(rendering, child.draft, node, parsed);
}
