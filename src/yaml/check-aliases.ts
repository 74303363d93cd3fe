import { type Alias, isAlias, isMap, isSeq } from 'yaml';
import type { Draft } from './draft.ts';
import type { DraftDocument } from './draft-value.ts';
import { refuseAt } from './find-child.ts';
import type { YamlNode } from './yaml-node.ts';
import { refuseYaml } from './yaml-refusal.ts';

/** Each alias that stays must repeat the node it repeats now. @throws ExpectedError `yaml-anchor-in-use` */
export function checkAliases(document: DraftDocument): void {
  if (!document.hasAliases) return;
  const now = new Map<Alias, YamlNode | undefined>();
  walkNode(document.source?.contents() ?? null, new Map(), (alias, target) => now.set(alias, target));
  walkDraft(document.root, new Map(), (alias, target) => {
    if (now.get(alias) === target) return;
    const place = document.source?.placeOf(alias.range[0]);
    const message = `the alias *${alias.source} repeats what would be removed`;
    throw place
      ? refuseYaml('yaml-anchor-in-use', message, place)
      : refuseAt(document, document.root, 'yaml-anchor-in-use', message);
  });
}

type Anchors = Map<string, YamlNode>;
type Report = (alias: Alias.Parsed, target: YamlNode | undefined) => void;

function walkNode(node: YamlNode | null, anchors: Anchors, report: Report): void {
  if (node === null) return;
  if (isAlias(node)) report(node, anchors.get(node.source));
  else setAnchor(node, anchors);
  if (isMap(node))
    for (const { key, value } of node.items) {
      walkNode(key, anchors, report);
      walkNode(value, anchors, report);
    }
  if (isSeq(node)) for (const item of node.items) walkNode(item, anchors, report);
}

function walkDraft({ node, content }: Draft, anchors: Anchors, report: Report): void {
  if (content.kind === 'kept') walkNode(node, anchors, report);
  else if (node !== null) setAnchor(node, anchors);
  if (content.kind === 'kept' || content.kind === 'new' || content.source === undefined) return;
  for (const { index, draft } of content.children) {
    if (content.kind === 'map' && index !== undefined)
      walkNode(content.source.items[index]?.key ?? null, anchors, report);
    walkDraft(draft, anchors, report);
  }
}

function setAnchor(node: YamlNode, anchors: Anchors): void {
  if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
}
