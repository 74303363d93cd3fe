import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { YamlDocument } from '../yaml/yaml-file.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { YamlPlace } from '../yaml/yaml-refusal.ts';

/**
 * Where a path stands in a document: its key, or its item of a list; where the path ends early, its nearest parent.
 *
 * @throws ExpectedError `yaml-syntax`
 */
export function placeAt(document: YamlDocument, path: YamlPath): YamlPlace {
  let node: unknown = document.contents();
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const entry = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step) : undefined;
    const item: unknown = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
    if (entry === undefined && item === undefined) break;
    offset = startOf(entry?.key ?? item) ?? offset;
    node = entry === undefined ? item : entry.value;
  }
  return document.placeOf(offset);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
