import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { Problem } from '../problem.ts';
import { tooDeep } from './value-fault.ts';
import type { YamlNode } from './yaml-node.ts';
import { finding, type YamlPlace } from './yaml-refusal.ts';

/** The options every reader and writer here shares; `<<` is a merge key because Kubernetes' tools take it for one. */
export const parseOptions = { merge: true, keepSourceTokens: true, prettyErrors: false, uniqueKeys: false } as const;

/**
 * Parses the text of one document, and finds what the library does not report or is slow to find: keys that are
 * there twice (as text, for JSON's sake: `1` and `"1"` are one) and aliases without an anchor.
 */
export function parseChunk(
  text: string,
  placeOf: (offset: number) => YamlPlace,
): { document: Document.Parsed; problems: readonly Problem[] } {
  const document = parseDocument(text, parseOptions);
  const problems: Problem[] = document.errors.map((error) =>
    finding('yaml-syntax', error.message.includes('call stack') ? tooDeep : error.message, placeOf(error.pos[0])),
  );
  const report: Report = (offset, message) => problems.push(finding('yaml-syntax', message, placeOf(offset)));
  check(document.contents, new Set(), report);
  return { document, problems };
}

type Report = (offset: number, message: string) => void;

/** An anchor counts from the end of its node, so a value that contains itself is refused too: JSON cannot hold it. */
function check(node: YamlNode | null, anchors: Set<string>, report: Report): void {
  if (node === null) return;
  if (isAlias(node)) {
    if (!anchors.has(node.source)) report(node.range[0], `the alias *${node.source} has no anchor before it`);
    return;
  }
  if (isMap(node)) {
    findDuplicates(node, report);
    for (const { key, value } of node.items) {
      check(key, anchors, report);
      check(value, anchors, report);
    }
  } else if (isSeq(node)) {
    for (const item of node.items) check(item, anchors, report);
  }
  if (node.anchor !== undefined) anchors.add(node.anchor);
}

function findDuplicates(map: YAMLMap.Parsed, report: Report): void {
  const seen = new Set<string>();
  for (const { key } of map.items) {
    if (!isScalar(key) || typeof key.value === 'symbol') continue;
    const name = String(key.value ?? '');
    if (seen.has(name)) report(key.range[0], `the key ${JSON.stringify(name)} is there twice`);
    seen.add(name);
  }
}
