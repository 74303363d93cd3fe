import { itemsAt, textAt, valueAt } from '../yaml/value-at.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';

/** A file or folder that a kustomization.yaml names. */
export interface KustomizeReference {
  /** As written, relative to the kustomization's folder. */
  target: string;
  /** `either`: what is not there may be an address, which kustomize fetches; Flux does so only when allowed. */
  kind: 'file' | 'either';
  /** Where it is named. */
  at: YamlPath;
}

/** Lists of files and folders. */
const lists = ['resources', 'bases', 'components', 'generators', 'transformers', 'validators'];

/** Lists of files. */
const fileLists = ['patchesStrategicMerge', 'configurations', 'crds'];

/** Lists of maps whose `path` is a file. */
const pathLists = ['patches', 'patchesJson6902', 'replacements'];

const generators = ['configMapGenerator', 'secretGenerator'];

/**
 * Everything a kustomization names, in its order of fields.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
export function kustomizeReferences(value: unknown): KustomizeReference[] {
  const listed = (field: string, kind: KustomizeReference['kind']) =>
    itemsAt(value, [field]).flatMap((item, index) => reference(item, kind, [field, index]));
  return [
    ...lists.flatMap((field) => listed(field, 'either')),
    ...fileLists.flatMap((field) => listed(field, 'file')),
    ...pathLists.flatMap((field) =>
      itemsAt(value, [field]).flatMap((item, index) =>
        reference(textAt(item, ['path']), 'file', [field, index, 'path']),
      ),
    ),
    ...generators.flatMap((field) =>
      itemsAt(value, [field]).flatMap((item, index) => generatorFiles(item, [field, index])),
    ),
    ...reference(textAt(value, ['openapi', 'path']), 'file', ['openapi', 'path']),
  ];
}

/** `files` may name the key first: `config.json=settings/production.json`. */
function generatorFiles(generator: unknown, at: YamlPath): KustomizeReference[] {
  const files = itemsAt(generator, ['files']).flatMap((item, index) =>
    typeof item === 'string' ? reference(item.slice(item.indexOf('=') + 1), 'file', [...at, 'files', index]) : [],
  );
  const envs = itemsAt(generator, ['envs']).flatMap((item, index) => reference(item, 'file', [...at, 'envs', index]));
  return [...files, ...envs, ...reference(valueAt(generator, ['env']), 'file', [...at, 'env'])];
}

function reference(target: unknown, kind: KustomizeReference['kind'], at: YamlPath): KustomizeReference[] {
  if (typeof target !== 'string' || target === '' || isManifest(target)) return [];
  return [{ target, kind, at }];
}

/** Some lists take a manifest in place of a file's name. */
function isManifest(text: string): boolean {
  return text.includes('\n') || text.includes(': ') || text.startsWith('{');
}
