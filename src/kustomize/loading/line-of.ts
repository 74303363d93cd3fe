import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { YamlNode } from '../../yaml/yaml-node.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';

/**
 * The 1-based line of a value in a text; of the deepest part of the path that is there. Slow, for problems only.
 * @param document 0-based
 */
export function lineOf(text: string, document: number, path: YamlPath): number {
  const parsed = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  let node: YamlNode | null | undefined = Array.isArray(parsed) ? parsed[document]?.contents : undefined;
  let offset = node?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair: { key: YamlNode | null; value: YamlNode | null } | undefined = node.items.find(
        ({ key }) => isScalar(key) && String(key.value).toLowerCase() === String(step).toLowerCase(),
      );
      offset = pair?.key?.range[0] ?? offset;
      node = pair?.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = node?.range[0] ?? offset;
    } else break;
  }
  return text.slice(0, offset).split('\n').length;
}

/**
 * An unquoted scalar as it is written: `1.10` where its value is 1.1.
 * @returns undefined where the path leads to nothing such
 */
export function sourceText(text: string, document: number, path: YamlPath): string | undefined {
  const parsed = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  const node = Array.isArray(parsed) ? parsed[document]?.getIn(path, true) : undefined;
  return isScalar(node) ? node.source : undefined;
}
