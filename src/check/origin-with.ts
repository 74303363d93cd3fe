import { isDeepStrictEqual } from 'node:util';
import type { RepoPath } from '../tree/repo-path.ts';
import { valueAt } from '../yaml/value-at.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { CheckedRepository, ClusterObject } from './checked-repository.ts';

/**
 * The document in which a value of an object is written as the cluster gets it: there it can be changed.
 *
 * @returns undefined when it comes from elsewhere, or is made while building
 */
export function originWith(
  { files }: CheckedRepository,
  { origins, value }: ClusterObject,
  path: YamlPath,
): { file: RepoPath; document: number } | undefined {
  const meant = valueAt(value, path);
  return origins.toReversed().find(({ file, document }) => {
    const found = files.get(file)?.documents.find(({ index }) => index === document);
    return found !== undefined && isDeepStrictEqual(valueAt(found.value, path), meant);
  });
}
