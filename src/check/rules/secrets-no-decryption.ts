import { decryptionOf, encryptedObjects } from '../encrypted-objects.ts';
import type { Finding, Rule } from '../rule.ts';

export const secretsNoDecryption: Rule = {
  id: 'secrets/no-decryption',
  severity: 'error',
  why: 'Without spec.decryption Flux applies the ciphertext of stringData as if it were the value, and says Ready.',
  fix: 'Give the Kustomization spec.decryption with provider sops and the Secret of the keys.',
  *find({ clusters }): Generator<Finding> {
    for (const { name: cluster, kustomizations } of clusters)
      for (const kustomization of kustomizations) {
        const { object, name, parent } = kustomization;
        // what lies in the cluster's own folder has a rule of its own
        if (object === undefined || parent === undefined || decryptionOf(kustomization) !== undefined) continue;
        for (const encrypted of encryptedObjects(kustomization))
          yield {
            message: `Kustomization ${name} applies ${encrypted.kind} ${encrypted.name} (${encrypted.origins[0]?.file}), which is encrypted, without spec.decryption`,
            at: object.placeOf(['spec']),
            object: object.id,
            key: encrypted.id,
            cluster,
          };
      }
  },
};
