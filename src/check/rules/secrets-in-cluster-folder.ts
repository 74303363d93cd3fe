import { decryptionOf, encryptedObjects } from '../encrypted-objects.ts';
import type { Finding, Rule } from '../rule.ts';

export const secretsInClusterFolder: Rule = {
  id: 'secrets/in-cluster-folder',
  severity: 'error',
  why: 'The Kustomization that flux bootstrap makes for this folder decrypts nothing: the ciphertext would be applied.',
  fix: 'Move the file to a folder that a Kustomization with spec.decryption reconciles, such as secrets/<cluster>.',
  *find({ clusters, files }): Generator<Finding> {
    for (const { name: cluster, folder, kustomizations } of clusters) {
      const [root] = kustomizations;
      if (root === undefined || decryptionOf(root) !== undefined) continue;
      // before bootstrap a patch tells what the Kustomization is going to have
      const patches = files.get(`${folder}/flux-system/kustomization.yaml`)?.text ?? '';
      if (root.object === undefined && /\bdecryption\b/.test(patches)) continue;
      for (const encrypted of encryptedObjects(root)) {
        const at = encrypted.placeOf([]);
        yield {
          message: `${encrypted.kind} ${encrypted.name} is encrypted, and ${folder} is applied without decrypting`,
          at,
          object: encrypted.id,
          key: at.file,
          cluster,
          ...(at.file.startsWith(`${folder}/`) && { hint: `Move it to secrets/${cluster}/.` }),
        };
      }
    }
  },
};
