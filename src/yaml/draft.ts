import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { isMergeKey, keyText, type YamlNode } from './yaml-node.ts';

/**
 * What a node is going to be. The tree of drafts is laid over the parsed nodes only where something is touched; edits
 * change drafts, never nodes, and in the end the differences are written into the text in one go.
 */
export interface Draft {
  /** What the file has here; null where it has nothing. */
  readonly node: YamlNode | null;
  content: KeptContent | NewContent | MapContent | ListContent;
}

/** As it is in the file. */
interface KeptContent {
  kind: 'kept';
}

/** Replaced by a value, or not in the file at all. */
interface NewContent {
  kind: 'new';
  value: unknown;
  /** How it is written as an entry of a block collection, or as a document: see `YamlChange`. */
  lines?: readonly string[];
}

/** Looked into. `source` is the node whose entries the children are; absent for a new value. */
export interface MapContent {
  kind: 'map';
  source: YAMLMap.Parsed | undefined;
  children: Child[];
}

export interface ListContent {
  kind: 'list';
  source: YAMLSeq.Parsed | undefined;
  children: Child[];
}

/** A map's entry or a list's item. Children never change their order. */
export interface Child {
  draft: Draft;
  /** Index in the source; absent for an added one. */
  index?: number;
  /** Absent for list items, and for a key that is a map, a list or an alias. */
  key?: string;
  /** The key is another one than in the source. */
  renamed?: true;
  /** `<<` */
  merge?: true;
}

export function keptDraft(node: YamlNode | null): Draft {
  return { node, content: { kind: 'kept' } };
}

export function newDraft(value: unknown): Draft {
  return { node: null, content: { kind: 'new', value } };
}

/** Says how a new value is written, if it is one. */
export function writeAs({ node, content }: Draft, lines: readonly string[] | undefined): void {
  if (lines !== undefined && node === null && content.kind === 'new') content.lines = lines;
}

/** How a value is written; undefined for one that is not new, or was edited since. */
export function writtenAs({ content }: Draft): readonly string[] | undefined {
  return content.kind === 'new' ? content.lines : undefined;
}

/** Nothing or null, which an edit may turn into anything. */
export function isNull({ node, content }: Draft): boolean {
  if (content.kind === 'new') return content.value === null;
  return content.kind === 'kept' && (node === null || (isScalar(node) && node.value === null));
}

/** The entries or items of a draft, from now on to be changed in place; undefined when it is a scalar or an alias. */
export function openDraft(draft: Draft): MapContent | ListContent | undefined {
  const { content } = draft;
  if (content.kind === 'map' || content.kind === 'list') return content;
  const opened = content.kind === 'new' ? openValue(content.value) : openNode(draft.node);
  if (opened !== undefined) draft.content = opened;
  return opened;
}

/** Sets and ordered maps of YAML 1.1, whose entries are neither plain items nor plain keys. */
const unusual = /^tag:yaml\.org,2002:(set|omap|pairs)$/;

function openNode(node: YamlNode | null): MapContent | ListContent | undefined {
  if (unusual.test((isMap(node) || isSeq(node) ? node.tag : undefined) ?? '')) return undefined;
  if (isMap(node)) {
    const children = node.items.map((pair, index): Child => {
      const key = keyText(pair.key);
      const child: Child =
        key === undefined ? { index, draft: keptDraft(pair.value) } : { index, key, draft: keptDraft(pair.value) };
      return isMergeKey(pair.key) ? { ...child, merge: true } : child;
    });
    return { kind: 'map', source: node, children };
  }
  if (!isSeq(node)) return undefined;
  const children = node.items.map((item, index): Child => ({ index, draft: keptDraft(item) }));
  return { kind: 'list', source: node, children };
}

function openValue(value: unknown): MapContent | ListContent | undefined {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return { kind: 'list', source: undefined, children: items.map((item) => ({ draft: newDraft(item) })) };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const children = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([key, part]): Child => ({ key, draft: newDraft(part) }));
  return { kind: 'map', source: undefined, children };
}
