import { checkAliases } from './check-aliases.ts';
import { type DraftDocument, draftValue } from './draft-value.ts';
import { emitBlock, emitInline } from './emit-block.ts';
import { indentStyleOf, ourIndentStyle } from './indent-style.ts';
import { contentEnd } from './layout.ts';
import { renderDraft } from './render-draft.ts';
import { type Place, type Rendering, refuse } from './rendering.ts';
import { applySplices } from './splice.ts';
import { isFilled } from './value-kinds.ts';
import { verifyEdit } from './verify-edit.ts';
import type { YamlDocument } from './yaml-file.ts';
import { isEmptyNode, type YamlNode } from './yaml-node.ts';

/** The text of an existing document after its edits. Without a newline at its end it stays so. */
export function renderDocument(document: DraftDocument, source: YamlDocument, lineEnding: '\n' | '\r\n'): string {
  const root = source.contents();
  if (document.root.content.kind === 'kept') return source.text;
  checkAliases(document);
  const isOpen = source.text !== '' && !source.text.endsWith('\n');
  const text = isOpen ? source.text + lineEnding : source.text;
  const rendering: Rendering = { document, text, lineEnding, style: indentStyleOf(text, root), splices: [] };
  if (root === null || isEmptyNode(root)) fillDocument(rendering, root);
  else renderDraft(rendering, document.root, rootPlace(text, root));
  if (rendering.splices.length === 0) return source.text;
  const closed = applySplices(text, rendering.splices);
  const edited = isOpen ? withoutLastLineEnding(closed) : closed;
  verifyEdit(rendering, edited);
  return edited;
}

/** A last line that is empty is the text's own (`|+`). */
function withoutLastLineEnding(text: string): string {
  return /\n\r?\n$/.test(text) ? text : text.replace(/\r?\n$/, '');
}

/** A new document's text, without marker. */
export function emitDocument(value: unknown, lineEnding: '\n' | '\r\n'): string {
  const lines = isFilled(value) ? emitBlock(value, { ...ourIndentStyle, literals: true }) : [emitInline(value)];
  return lines.map((line) => line + lineEnding).join('');
}

function rootPlace(text: string, node: YamlNode): Place {
  const start = node.range[0];
  return { parent: 'root', start, key: undefined, mark: undefined, props: start, node, end: contentEnd(text, node) };
}

/** A document of comments and markers gets its contents behind them. */
function fillDocument(rendering: Rendering, root: YamlNode | null): void {
  const { text, lineEnding } = rendering;
  if (
    root !== null &&
    ('anchor' in root || 'tag' in root) &&
    (root.tag ?? ('anchor' in root ? root.anchor : undefined))
  )
    throw refuse(rendering, 'yaml-layout', 'an anchor or a tag without a value is not edited', root.range[0]);
  const offset = /^\.\.\.(?=\s|$)/m.exec(text)?.index ?? text.length;
  const contents = emitDocument(draftValue(rendering.document, rendering.document.root), lineEnding);
  rendering.splices.push({ start: offset, end: offset, text: contents });
}
