import { isNode, LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../problem.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';

/** YAML text and the name it goes by in findings. */
export interface YamlSource {
  text: string;
  /** As shown to the user: `flux-repo.yaml`, or the `--config` file as they gave it. */
  file: string;
}

/** Where a finding belongs; absent parts are left out of a Problem. */
export type Place = Pick<Problem, 'file' | 'line' | 'column'>;

/** One parsed document: its value, the faults of its syntax, and where each path stands. */
export interface PositionedYaml {
  value: unknown;
  syntax: Problem[];
  /** The key of the path's last part (what a person must correct), else the nearest parent that is there. */
  placeOf(path: YamlPath): Place;
}

/** Parses one YAML document with positions. Never throws: faults of the syntax are findings. */
export function parsePositioned({ text, file }: YamlSource): PositionedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const syntax = document.errors.map(({ code, message, pos }) => ({
    rule: code === 'DUPLICATE_KEY' ? 'yaml/duplicate-key' : 'yaml/syntax',
    severity: 'error' as const,
    message,
    ...placeAt(pos[0]),
  }));
  return {
    value: syntax.length > 0 ? undefined : document.toJS(),
    syntax,
    placeOf(path) {
      for (let length = path.length; length > 0; length--) {
        const offset = startOf(document.getIn(path.slice(0, length - 1), true) ?? document.contents, path[length - 1]);
        if (offset !== undefined) return placeAt(offset);
      }
      return placeAt(startOf(document.contents) ?? 0);
    },
  };
}

/** Offset of a map's key or a list's item; without `key`, of the node itself. */
function startOf(node: unknown, key?: string | number): number | undefined {
  if (!isNode(node)) return undefined;
  if (key === undefined) return node.range?.[0];
  if (!('items' in node) || !Array.isArray(node.items)) return undefined;
  const item: unknown = typeof key === 'number' ? node.items[key] : node.items.find((pair) => keyOf(pair) === key);
  if (isNode(item)) return item.range?.[0];
  const keyNode: unknown = typeof item === 'object' && item !== null && 'key' in item ? item.key : undefined;
  return isNode(keyNode) ? keyNode.range?.[0] : undefined;
}

function keyOf(pair: unknown): string | undefined {
  if (typeof pair !== 'object' || pair === null || !('key' in pair)) return undefined;
  const key: unknown = pair.key;
  return typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : String(key);
}
