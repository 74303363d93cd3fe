import { isScalar } from 'yaml';
import { type BlockText, foldedText, literalText, tidyLiteral } from './block-text.ts';
import { type BlockStyle, emitBlock, emitInline, indentBelowKey, indented } from './emit-block.ts';
import { emitFlow } from './emit-flow.ts';
import { type Extent, extentOf } from './extent.ts';
import { mayEndWithBlock } from './layout.ts';
import { type Place, type Rendering, refuse, splice } from './rendering.ts';
import { scalarText } from './scalar-text.ts';
import { fitsTag } from './tag.ts';
import { columnOf, isFirstOnLine, lineEnd, lineStart } from './text-lines.ts';
import { isFilled } from './value-kinds.ts';
import type { YamlNode } from './yaml-node.ts';

/** What is written at the old value's place, and the indented lines below that line. */
interface Written {
  head: string;
  body: string[];
}

/** Writes a value where another one, or nothing, is; anchor, tag and the comments around it stay. */
export function renderValue(rendering: Rendering, node: YamlNode | null, place: Place, value: unknown): void {
  if (!fitsTag(node, value)) throw refuse(rendering, 'yaml-tag', `the tag of this value does not fit`, place.start);
  if (place.parent === 'flow') {
    renderInFlow(rendering, node, place, value);
    return;
  }
  if (place.parent === 'map' && place.mark === undefined)
    throw refuse(rendering, 'yaml-layout', 'this key has no colon to write a value behind', place.start);
  const old = extentOf(rendering.text, place);
  const written = write(rendering, node, place, value, old);
  renderHead(rendering, old, place, written.head);
  const body = written.body.map((line) => rendering.lineEnding + line).join('');
  splice(rendering, old.bodyStart, old.bodyEnd, body);
}

function renderInFlow(rendering: Rendering, node: YamlNode | null, place: Place, value: unknown): void {
  const quoted = place.quoted === true;
  const isText = typeof value !== 'object' || value === null;
  const text = isText ? scalarText(value, node, { inFlow: true, quoted }) : emitFlow(value, quoted);
  if (place.node !== null) splice(rendering, place.node.range[0], place.node.range[1], text);
  else splice(rendering, place.props, place.props, place.mark === undefined && place.key ? `: ${text}` : ` ${text}`);
}

function write(rendering: Rendering, node: YamlNode | null, place: Place, value: unknown, old: Extent): Written {
  const { text, style } = rendering;
  const column = place.parent === 'root' ? 0 : columnOf(text, place.start);
  const literals = place.parent !== 'root' && mayEndWithBlock(text, place);
  if (isFilled(value)) {
    const lines = emitBlock(value, { ...style, literals });
    const [head = '', ...others] = lines;
    const at = headColumn(rendering, place, old);
    if (at !== undefined) return { head, body: indented(others, at) };
    const below = place.parent === 'map' ? indentBelowKey(value, style) : place.parent === 'list' ? 2 : 0;
    return { head: '', body: indented(lines, column + below) };
  }
  if (typeof value === 'string') {
    const block = keptBlock(rendering, node, value, column) ?? newBlock(value, place, { ...style, literals });
    if (block !== undefined) return { head: block.header, body: indented(block.body, column + block.indent) };
    return { head: scalarText(value, node, { inFlow: false, quoted: false }), body: [] };
  }
  return { head: emitInline(value), body: [] };
}

/** The column of a collection that can begin right behind its `-` or where the old one began; else undefined. */
function headColumn({ text }: Rendering, place: Place, old: Extent): number | undefined {
  if (old.inline) return columnOf(text, old.headStart);
  if (place.parent === 'map' || text.slice(old.headEnd, lineEnd(text, old.headEnd)).trim() !== '') return undefined;
  if (place.parent === 'root') return isFirstOnLine(text, old.headStart) ? columnOf(text, old.headStart) : undefined;
  if (place.props !== place.mark) return undefined;
  if (old.headStart === old.headEnd) return columnOf(text, place.start) + 2;
  return lineStart(text, old.headStart) === lineStart(text, place.start) ? columnOf(text, old.headStart) : undefined;
}

interface PlacedBlock extends BlockText {
  /** Columns from the entry's key or dash. */
  indent: number;
}

/** Text in the style of the block scalar that it replaces, as far indented. */
function keptBlock({ text }: Rendering, node: YamlNode | null, value: string, column: number): PlacedBlock | undefined {
  const token = isScalar(node) ? node.srcToken : undefined;
  if (!isScalar(node) || token?.type !== 'block-scalar') return undefined;
  const header = /[|>]([-+0-9]*)/.exec(text.slice(token.offset, lineEnd(text, token.offset)))?.[1] ?? '';
  const keeps = header.includes('+');
  const spaces = /^(?:[ \t]*\r?\n)*( *)[^\s]/.exec(token.source)?.[1]?.length ?? column + 2;
  const indent = Number(/\d/.exec(header)?.[0] ?? spaces - column);
  if (indent < 1 || indent > 9 || (value.endsWith('\n\n') && !keeps)) return undefined;
  const width = Math.max(60, ...token.source.split(/\r?\n/).map((line) => line.length - column - indent));
  const folded = node.type === 'BLOCK_FOLDED' ? foldedText(value, indent, width) : undefined;
  const block = folded ?? literalText(value, indent);
  return block && { ...block, indent };
}

function newBlock(value: string, place: Place, style: BlockStyle): PlacedBlock | undefined {
  const indent = place.parent === 'map' ? style.map : 2;
  const block = style.literals ? tidyLiteral(value, indent) : undefined;
  return block && { ...block, indent };
}

/** Replaces the old value's first line. Where nothing is to be there, the line or the spaces before it go too. */
function renderHead(rendering: Rendering, old: Extent, place: Place, head: string): void {
  const { text } = rendering;
  if (head !== '') {
    const empty = old.headStart === old.headEnd;
    splice(rendering, old.headStart, old.headEnd, empty ? ` ${head}` : head);
    return;
  }
  if (old.headStart === old.headEnd) return;
  let start = old.headStart;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  const ownsLine = start === lineStart(text, start) && place.parent !== 'root';
  const hasComment = text.slice(old.headEnd, lineEnd(text, old.headEnd)).trim() !== '';
  if (ownsLine && hasComment) {
    const comment = old.headEnd + text.slice(old.headEnd).search(/[^ \t]/);
    splice(rendering, old.headStart, comment, '');
    return;
  }
  if (ownsLine) start = lineEnd(text, lineStart(text, start - 1));
  splice(rendering, start, old.headEnd, '');
}
