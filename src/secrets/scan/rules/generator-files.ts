import { posix } from 'node:path';
import { isScalar } from 'yaml';
import { createCommand } from '../create-advice.ts';
import { generatorItems } from '../generator-items.ts';
import type { ScanRule } from '../scan-rule.ts';

/** What kustomize-controller takes for encrypted and decrypts before it builds (`internal/decryptor`, 1.9). */
const encryptedFile = /mac: ENC\[|sops_mac=ENC\[|"mac": "ENC\[/;

/** Files that a kustomization makes Secrets of. */
export const generatorFiles: ScanRule = {
  id: 'secrets/generator-files',
  severity: 'error',
  why: 'A file that becomes a Secret holds secret values; Flux decrypts it before the build, so it can be encrypted.',
  *find(file, { read, write }) {
    for (const { field, item, at, name } of generatorItems(file)) {
      if (field === 'literals' || !isScalar(item)) continue;
      const reference = String(item.value);
      const source = field === 'files' ? reference.slice(reference.indexOf('=') + 1) : reference;
      const text = read(posix.join(posix.dirname(file.path), source));
      if (text === undefined || text.trim() === '' || encryptedFile.test(text)) continue;
      yield {
        place: file.placeOf(at),
        message: `secretGenerator ${name} takes ${source}, which is not encrypted`,
        fix: ['Take it out of the generator, and:', createCommand(file.path, { name }, write)],
        shown: `- ${reference}`,
      };
    }
  },
};
