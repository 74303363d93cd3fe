import { type Alias, isMap, isScalar, isSeq, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';

/** A node of the `yaml` library as parsed: `range` holds offsets into the text of its document. */
export type YamlNode = Alias.Parsed | Scalar.Parsed | YAMLMap.Parsed | YAMLSeq.Parsed;

export type YamlCollection = YAMLMap.Parsed | YAMLSeq.Parsed;

export function isCollection(node: YamlNode | null): node is YamlCollection {
  return isMap(node) || isSeq(node);
}

export function isFlow(node: YamlCollection): boolean {
  return node.srcToken?.type !== 'block-map' && node.srcToken?.type !== 'block-seq';
}

/** Nothing is written where a value could be: `key:`, `-`. An anchor or a tag may be there. */
export function isEmptyNode(node: YamlNode | null): boolean {
  return node === null || (isScalar(node) && node.range[0] === node.range[1]);
}

/** The key of a map's entry as JSON would have it; undefined for keys that are maps, lists or aliases. */
export function keyText(key: YamlNode | null): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'symbol' ? '<<' : String(key.value ?? '');
}

/** `<<` where it means "and all of these keys" (quoted it is a key like any other). */
export function isMergeKey(key: YamlNode | null): boolean {
  return isScalar(key) && typeof key.value === 'symbol';
}

/** A flow collection is written as JSON when its keys, or its texts, are in double quotes. */
export function isJson(node: YamlCollection, inherited: boolean): boolean {
  const texts = isMap(node) ? node.items.map(({ key }) => key) : node.items.filter((item) => isText(item));
  if (texts.length === 0) return inherited;
  return texts.every((text) => isScalar(text) && text.type === 'QUOTE_DOUBLE');
}

function isText(node: YamlNode): boolean {
  return isScalar(node) && typeof node.value === 'string';
}
