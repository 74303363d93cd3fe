import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { ScannedFile } from './scanned-file.ts';

/** One entry of a `secretGenerator`: a literal, or what names a file. */
export interface GeneratorItem {
  field: 'literals' | 'files' | 'envs' | 'env';
  item: unknown;
  /** Offset in the file. */
  at: number;
  /** Name of the Secret that is generated. */
  name: string;
}

const fields = ['literals', 'files', 'envs', 'env'] as const;

/** The names kustomize looks for: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
const kustomization = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/** What the secret generators of a kustomization take in. */
export function* generatorItems(file: ScannedFile): Generator<GeneratorItem> {
  if (!kustomization.test(file.path) || !file.text.includes('secretGenerator')) return;
  for (const document of file.documents()) {
    const root = document.root();
    const generators: unknown = isMap(root) ? root.get('secretGenerator') : undefined;
    for (const generator of isSeq(generators) ? generators.items : []) {
      if (!isMap(generator)) continue;
      const name = String(generator.get('name') ?? 'NAME');
      for (const field of fields) {
        const value: unknown = generator.get(field, true);
        for (const item of isSeq(value) ? value.items : isScalar(value) ? [value] : [])
          yield { field, item, at: document.start + (isNode(item) ? (item.range?.[0] ?? 0) : 0), name };
      }
    }
  }
}
