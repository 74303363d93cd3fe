import { isDeepStrictEqual } from 'node:util';
import type { Draft, ListContent, MapContent } from './draft.ts';
import { draftValue } from './draft-value.ts';
import { type Slot, slotsOf } from './layout.ts';
import { renderBlockChanges } from './render-block.ts';
import { renderFlowChanges } from './render-flow.ts';
import { renderValue } from './render-value.ts';
import { type Place, type Rendering, splice } from './rendering.ts';
import { scalarText } from './scalar-text.ts';
import { isFlow, isJson, type YamlCollection } from './yaml-node.ts';

/** Collects the splices that make a place of the text be what its draft says. */
export function renderDraft(rendering: Rendering, draft: Draft, place: Place): void {
  const { node, content } = draft;
  if (content.kind === 'kept') return;
  if (content.kind === 'new' || content.source === undefined || content.source !== node) {
    renderValue(rendering, node, place, draftValue(rendering.document, draft));
    return;
  }
  if (isFlow(node) && place.parent !== 'flow' && growsFromNothing(rendering.text, content)) {
    renderValue(rendering, node, place, draftValue(rendering.document, draft));
    return;
  }
  if (node.srcToken === undefined) {
    renderPair(rendering, draft, node, place);
    return;
  }
  const slots = slotsOf(rendering.text, node);
  const quoted = isJson(node, place.quoted === true);
  // What is inside comes first: an entry inserted at the end of the last one must stand before one inserted after it.
  renderKept(rendering, content, slots, node, quoted);
  if (content.children.length !== slots.length || content.children.some(({ index }, i) => index !== i)) {
    if (isFlow(node)) renderFlowChanges(rendering, content, { node, slots, quoted });
    else renderBlockChanges(rendering, content, { slots, place });
  }
}

/** A map without braces in a list (`[a: 1]`) gets them when it changes. */
function renderPair(rendering: Rendering, draft: Draft, node: YamlCollection, place: Place): void {
  const { document } = rendering;
  const value = draftValue(document, draft);
  const before: unknown = document.source && node.toJS(document.source.parsed());
  if (!isDeepStrictEqual(value, before)) renderValue(rendering, node, place, value);
}

/** `{}` or `[]` without a comment inside, and something to be put into it: it becomes block style. */
function growsFromNothing(text: string, { source, children }: MapContent | ListContent): boolean {
  if (source === undefined || source.items.length > 0 || children.length === 0) return false;
  return !text.slice(source.range[0], source.range[1]).includes('#');
}

function renderKept(
  rendering: Rendering,
  content: MapContent | ListContent,
  slots: readonly Slot[],
  node: YamlCollection,
  quoted: boolean,
): void {
  const parent = isFlow(node) ? 'flow' : content.kind;
  const names = content.kind === 'map' ? content.children.filter(({ renamed }) => renamed) : [];
  for (const { index, key } of names) {
    const old = index === undefined ? undefined : slots[index]?.key;
    if (old === undefined || key === undefined) continue;
    splice(rendering, old.start, old.end, scalarText(key, old.node, { inFlow: parent === 'flow', quoted }));
  }
  for (const { index, draft } of content.children) {
    const slot = index === undefined ? undefined : slots[index];
    if (slot !== undefined) renderDraft(rendering, draft, { ...slot, parent, quoted });
  }
}
