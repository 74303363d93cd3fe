import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { objectMeta } from './object-meta.mjs';
import { kindSchema, stripSchema } from './strip-schema.mjs';

/**
 * The kinds of the CustomResourceDefinitions in a folder, in every served version.
 *
 * @param {string} folder
 * @param {object} metadata ObjectMeta of Kubernetes
 * @param {readonly string[]} [wanted] only these kinds
 * @returns {{ group: string, version: string, kind: string, scope: 'Namespaced' | 'Cluster', schema: object }[]}
 */
export function crdKinds(folder, metadata, wanted) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS())
    .filter((crd) => crd?.kind === 'CustomResourceDefinition')
    .filter((crd) => !wanted || wanted.includes(crd.spec.names.kind))
    .flatMap(({ spec }) =>
      spec.versions
        .filter((version) => version.served)
        .map((version) => ({
          group: spec.group,
          version: version.name,
          kind: spec.names.kind,
          scope: spec.scope,
          schema: kindSchema(stripSchema(version.schema.openAPIV3Schema), objectMeta(metadata, spec.names.kind)),
        })),
    );
}
