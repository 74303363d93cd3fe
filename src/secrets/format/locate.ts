import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { type ExpectedError, usageError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import { pathText } from './format-error.ts';
import type { Leaf } from './leaf.ts';
import type { SopsYaml } from './read-sops-yaml.ts';

/** A path in one document of a file. */
export interface Target {
  yaml: SopsYaml;
  root: YAMLMap;
  leaves: readonly Leaf[];
  path: YamlPath;
}

/** A key and its value as they stand in the text. */
export interface Entry {
  pair: Pair;
  key: PlacedScalar;
}

/** A parsed scalar: one made by hand would have no range. */
type PlacedScalar = Scalar & { range: [number, number, number] };

/** How far a path exists: the innermost node that is there, and the keys from the root to it. */
export function deepest(root: YAMLMap, path: YamlPath): { node: unknown; length: number; pair: Entry | undefined } {
  let node: unknown = root;
  let pair: Entry | undefined;
  for (const [length, part] of path.entries()) {
    if (isMap(node) && typeof part === 'string') {
      const found = entriesOf(node).find(({ key }) => key.value === part);
      if (found === undefined) return { node, length, pair };
      [node, pair] = [found.pair.value, found];
    } else if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
      [node, pair] = [node.items[part], undefined];
    } else return { node, length, pair };
  }
  return { node, length: path.length, pair };
}

/** The pairs of a map, without the `sops` block of a root. */
export function entriesOf(map: YAMLMap): Entry[] {
  return map.items.flatMap((pair) => {
    const { key } = pair;
    return isPlaced(key) ? [{ pair, key }] : [];
  });
}

function isPlaced(node: unknown): node is PlacedScalar {
  return isScalar(node) && Array.isArray(node.range);
}

/** Where a value's text ends; a key without one has just its colon. */
export function endOf(text: string, { pair, key }: Entry): number {
  const value: unknown = pair.value;
  const end = (isMap(value) || isSeq(value) || isScalar(value)) && value.range ? value.range[1] : key.range[1];
  return Math.max(end, text.indexOf(':', key.range[1]) + 1);
}

export function notThere({ yaml, root, path }: Target): ExpectedError {
  const { node, length } = deepest(root, path);
  const wanted = String(path[length]);
  const names = isMap(node) ? entriesOf(node).map(({ key }) => String(key.value)) : [];
  const meant = nearest(wanted, names);
  const hint = meant === undefined ? `There are: ${names.join(', ')}` : `Did you mean ${meant}?`;
  return usageError(`cannot change ${pathText(path)} in ${yaml.file}: it is not there`, {
    code: 'sops-no-such-key',
    ...(names.length > 0 && { hint }),
  });
}
