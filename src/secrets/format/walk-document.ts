import { isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { goScalar } from '../../yaml/go-scalar.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import { columnOf } from './column.ts';
import type { Leaf } from './leaf.ts';
import { leafOf, type Refuse } from './leaf-of.ts';

/** A map or list of the document; `column` (from 0) is that of its keys or dashes. */
export interface Collection {
  path: YamlPath;
  parent: Collection | undefined;
  column: number;
}

/** A key or a dash, and the map or list it is in. */
export interface Item {
  start: number;
  column: number;
  collection: Collection;
}

/** A map or list written in brackets, and where. */
export interface FlowExtent {
  start: number;
  end: number;
  path: YamlPath;
  /** All that are inside it, in order; they have none themselves. */
  nested: FlowExtent[];
}

/** What a document holds, each list in the order of the text. */
export interface DocumentParts {
  leaves: Leaf[];
  items: Item[];
  /** The outermost ones. */
  flows: FlowExtent[];
}

/**
 * Walks a document as SOPS does: depth first, in the order of the text, without the `sops` block.
 *
 * @param refuse throws the error for what SOPS or we cannot handle, given a reason, an offset and the path
 */
export function walkDocument(text: string, root: YAMLMap, refuse: Refuse): DocumentParts {
  const parts: DocumentParts = { leaves: [], items: [], flows: [] };

  /** @param item where the key or dash stands that the node belongs to */
  function walk(node: unknown, path: YamlPath, parent: Collection | undefined, item: number, isInFlow: boolean): void {
    const at = isRanged(node) ? node.range[0] : item;
    if (isAlias(node)) refuse('an alias (*name)', at, path);
    if (isRanged(node) && node.anchor !== undefined) refuse('an anchor (&name)', at, path);
    if (isRanged(node) && node.tag !== undefined) refuse(`the tag ${node.tag}`, at, path);
    if (isMap(node)) walkMap(node, path, parent, isInFlow);
    else if (isSeq(node)) {
      const isFlow = node.flow === true;
      if (isFlow) addFlow(node, path, isInFlow);
      const dashes = isFlow ? [] : dashesOf(node);
      const first = dashes[0];
      const collection = { path, parent, column: first === undefined ? 0 : columnOf(text, first) };
      node.items.forEach((value, index) => {
        const dash = dashes[index];
        if (dash !== undefined) parts.items.push({ start: dash, column: columnOf(text, dash), collection });
        walk(value, [...path, index], collection, dash ?? item, isInFlow || isFlow);
      });
    } else {
      const indent = isInFlow ? 0 : columnOf(text, item);
      parts.leaves.push(leafOf(text, node, { path, item, indent, isInFlow }, refuse));
    }
  }

  function walkMap(map: YAMLMap, path: YamlPath, parent: Collection | undefined, isInFlow: boolean): void {
    const isFlow = map.flow === true;
    if (isFlow) addFlow(map, path, isInFlow);
    const seen = new Set<string>();
    let collection: Collection | undefined;
    for (const pair of map.items) {
      const { key, at } = keyOf(pair, path, map.range?.[0] ?? 0, refuse);
      if (seen.has(key)) refuse('the same key twice', at, [...path, key]);
      seen.add(key);
      if (key === 'sops' && path.length === 0) continue;
      collection ??= { path, parent, column: isFlow ? 0 : columnOf(text, at) };
      if (!isFlow) parts.items.push({ start: at, column: collection.column, collection });
      walk(pair.value, [...path, key], collection, at, isInFlow || isFlow);
    }
  }

  function addFlow(node: unknown, path: YamlPath, isInFlow: boolean): void {
    if (!isRanged(node)) return;
    const extents = isInFlow ? parts.flows.at(-1)?.nested : parts.flows;
    extents?.push({ start: node.range[0], end: node.range[1], path, nested: [] });
  }

  walk(root, [], undefined, root.range?.[0] ?? 0, false);
  return parts;
}

/** The text of a key: SOPS takes strings only, and go-yaml decides what is one. */
function keyOf(pair: Pair, path: YamlPath, at: number, refuse: Refuse): { key: string; at: number } {
  const node = pair.key;
  const start = isRanged(node) ? node.range[0] : at;
  if (!isScalar(node) || typeof node.value !== 'string') return refuse('a key that is not a text', start, path);
  if (node.anchor !== undefined) refuse('an anchor (&name)', start, path);
  if (node.tag !== undefined) refuse(`the tag ${node.tag}`, start, path);
  const isPlain = node.type === 'PLAIN';
  if (isPlain && node.value === '<<') refuse('a merge key (<<)', start, path);
  if (isPlain && goScalar(node.value).type !== 'str') refuse('a key that is not a text', start, [...path, node.value]);
  return { key: node.value, at: start };
}

function dashesOf(node: { srcToken?: unknown }): number[] {
  const token = node.srcToken;
  if (typeof token !== 'object' || token === null || !('items' in token) || !Array.isArray(token.items)) return [];
  return token.items.flatMap((item: { start: { type: string; offset: number }[] }) =>
    item.start.filter(({ type }) => type === 'seq-item-ind').map(({ offset }) => offset),
  );
}

interface Ranged {
  range: [number, number, number];
  anchor?: string;
  tag?: string;
}

/** A parsed node; the library's types allow for nodes made by hand too. */
function isRanged(node: unknown): node is Ranged {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
