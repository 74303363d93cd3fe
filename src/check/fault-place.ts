import type { Origin } from '../kustomize/resource.ts';
import { stableJson } from '../plan/stable-json.ts';
import { textAt, valueAt } from '../yaml/value-at.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { CheckedRepository, ClusterObject } from './checked-repository.ts';
import { bestPlace } from './cluster-object.ts';
import type { Place, SourceDocument } from './source-files.ts';

/**
 * Where the value at a path was written: in the last patch that says it, be it a file or a text inside a kustomization,
 * else in the document that the object was born in.
 */
export function faultPlace({ files }: CheckedRepository, object: ClusterObject, path: YamlPath): Required<Place> {
  const [birth, ...patches] = object.origins;
  const document = ({ file, document: index }: Origin) =>
    files.get(file)?.documents.find((each) => each.index === index);
  const born = birth && document(birth);
  const isBorn = isOf(object, born) && isEqual(valueAt(born?.value, path), valueAt(object.value, path));
  for (const patch of path.length === 0 || isBorn ? [] : patches.toReversed()) {
    const found = document(patch);
    if (isOf(object, found)) {
      if (found !== undefined && valueAt(found.value, path) !== undefined) return found.placeOf(path);
      continue;
    }
    const place = placeInText(files.get(patch.file)?.text ?? '', patch, path);
    if (place !== undefined) return place;
  }
  return bestPlace(files, birth === undefined ? [] : [birth], path);
}

/** Whether a document is the object, or a strategic merge patch of it: not a file with a patch inside. */
function isOf({ kind }: ClusterObject, document: SourceDocument | undefined): boolean {
  return document !== undefined && textAt(document.value, ['kind']) === kind && !isKustomizationFile(document);
}

function isKustomizationFile({ value }: SourceDocument): boolean {
  return textAt(value, ['apiVersion'])?.startsWith('kustomize.config.k8s.io/') === true;
}

function isEqual(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined && stableJson(one) === stableJson(other);
}

/** The line of a patch, as a key of a map or at the end of a JSON pointer, that names the last field of a path. */
function placeInText(text: string, { file, line }: Origin, path: YamlPath): Required<Place> | undefined {
  const field = path.findLast((step) => typeof step === 'string');
  if (field === undefined) return undefined;
  const lines = text.split('\n');
  const depth = indentation(lines[line - 1] ?? '');
  const sign = new RegExp(`(^|[\\s{,"'/-])${String(field).replace(/[^\w]/g, '\\$&')}["']?(\\s*:|\\s*$|/|["'])`);
  for (let row = line - 1; row < lines.length; row++) {
    const content = lines[row] ?? '';
    if (row > line - 1 && content.trim() !== '' && indentation(content) < depth) return undefined;
    const found = sign.exec(content);
    if (found !== null) return { file, line: row + 1, column: found.index + (found[1]?.length ?? 0) + 1 };
  }
  return undefined;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}
