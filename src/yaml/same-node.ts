import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import { isEmptyNode, type YamlNode } from './yaml-node.ts';

/** Two parsed nodes are written alike: values, styles of scalars, anchors, tags and aliases. */
export function sameNode(one: YamlNode | null, other: YamlNode | null): boolean {
  if (one === null || other === null) return isEmptyNode(one) && isEmptyNode(other);
  if (isAlias(one) || isAlias(other)) return isAlias(one) && isAlias(other) && one.source === other.source;
  if (!sameProperties(one, other)) return false;
  if (isScalar(one) && isScalar(other))
    return one.type === other.type && (Object.is(one.value, other.value) || bothMergeKeys(one.value, other.value));
  if (isSeq(one) && isSeq(other))
    return (
      one.items.length === other.items.length && one.items.every((item, i) => sameNode(item, other.items[i] ?? null))
    );
  if (!isMap(one) || !isMap(other) || one.items.length !== other.items.length) return false;
  return one.items.every(({ key, value }, i) => {
    const pair = other.items[i];
    return pair !== undefined && sameNode(key, pair.key) && sameNode(value, pair.value);
  });
}

/** Anchor and tag, which an edit never changes. A new value (null) has none. */
export function sameProperties(old: YamlNode | null, now: YamlNode | null): boolean {
  const [before, after] = [old, now].map((node) =>
    node === null || isAlias(node) ? {} : { anchor: node.anchor, tag: node.tag },
  );
  return before?.anchor === after?.anchor && before?.tag === after?.tag;
}

function bothMergeKeys(one: unknown, other: unknown): boolean {
  return typeof one === 'symbol' && typeof other === 'symbol';
}
