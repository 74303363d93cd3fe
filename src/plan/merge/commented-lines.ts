import { isDeepStrictEqual } from 'node:util';
import { entryLines } from '../../yaml/entry-lines.ts';
import { openYaml, type YamlDocument } from '../../yaml/yaml-file.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';

/**
 * How a document writes what is at a path, where that has comments; undefined where the lines taken alone would not
 * say the same value.
 * @param path of a map's entry or a list's item; empty for all of it
 */
export function commentedLines(
  document: YamlDocument | undefined,
  path: YamlPath,
  value: unknown,
): readonly string[] | undefined {
  const lines = document && entryLines(document, path);
  if (lines === undefined) return undefined;
  const step = path.at(-1);
  const entry = step === undefined ? value : typeof step === 'number' ? [value] : { [step]: value };
  const [alone, ...others] = openYaml(`${lines.join('\n')}\n`).documents;
  const isSame = alone?.problems().length === 0 && others.length === 0 && isDeepStrictEqual(alone.value(), entry);
  return isSame ? lines : undefined;
}
