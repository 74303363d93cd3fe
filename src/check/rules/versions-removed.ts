import { groupOf, versionsOf } from '../../schema/scope-of.ts';
import { validateObject } from '../../schema/validate-object.ts';
import { textAt } from '../../yaml/value-at.ts';
import type { CheckedRepository, ClusterObject } from '../checked-repository.ts';
import type { Fix, Rule } from '../rule.ts';
import { faultsOf } from './schema.ts';

export const versionsRemoved: Rule = {
  id: 'versions/removed',
  severity: 'error',
  why: 'A cluster no longer knows this API version: the object cannot be applied, and its Kustomization fails.',
  fix: 'Use the API version that is served now.',
  find: (repository) => faultsOf(repository, versionsRemoved.id, (object) => versionFix(repository, object)),
};

/** Writes the version that is served, if nothing else must change and no patch names the old one. */
function versionFix({ files, schemas }: CheckedRepository, object: ClusterObject): Fix | undefined {
  const { apiVersion, kind, value, hasVariables, origins } = object;
  const [birth, ...patches] = origins;
  const served = versionsOf(kind).find((version) => groupOf(version) === groupOf(apiVersion));
  if (birth === undefined || served === undefined || schemas.find(served, kind) === undefined) return undefined;
  if (validateObject({ ...value, apiVersion: served }, schemas, { variables: hasVariables }).length > 0)
    return undefined;
  const versionIn = ({ file, document }: (typeof origins)[number]) => {
    const found = files.get(file)?.documents.find(({ index }) => index === document);
    return textAt(found?.value, ['kind']) === kind ? textAt(found?.value, ['apiVersion']) : undefined;
  };
  if (versionIn(birth) !== apiVersion || patches.some((patch) => versionIn(patch) === apiVersion)) return undefined;
  return {
    file: birth.file,
    operations: [{ op: 'set', path: ['apiVersion'], value: served, document: birth.document }],
  };
}
