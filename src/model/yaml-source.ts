import { type Document, isNode, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type { Problem } from '../problem.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { ambiguousValues } from './ambiguous-values.ts';

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
  const problem = (rule: string, message: string, offset: number): Problem => ({
    rule,
    severity: 'error',
    message,
    ...placeAt(offset),
  });
  const syntax = document.errors.map((error) =>
    problem(
      error.code === 'DUPLICATE_KEY' ? 'yaml/duplicate-key' : 'yaml/syntax',
      syntaxMessage(error, text),
      error.pos[0],
    ),
  );
  const { value, fault } = syntax.length > 0 ? {} : toValue(document);
  if (fault !== undefined) syntax.push(problem('yaml/syntax', fault, startOf(document.contents) ?? 0));
  if (syntax.length === 0)
    for (const { offset, message } of ambiguousValues(document))
      syntax.push(problem('yaml/ambiguous', message, offset));
  return {
    value,
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

/** The library's words, but where they are about the library. */
function syntaxMessage({ code, message, pos }: YAMLParseError, text: string): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here, where one is expected';
  if (code !== 'DUPLICATE_KEY') return message;
  const [key] = /^("[^"\n]*"|'[^'\n]*'|[^:\s]+)/.exec(text.slice(pos[0])) ?? [];
  return key === undefined ? 'a key is there twice' : `the key ${key} is there twice`;
}

/** An alias without its anchor, or with too many copies to be meant, shows only here. */
function toValue(document: Document): { value?: unknown; fault?: string } {
  try {
    const value: unknown = document.toJS();
    return { value };
  } catch (error) {
    if (error instanceof ReferenceError) return { fault: error.message };
    throw error;
  }
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
