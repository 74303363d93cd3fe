import { replaceAdvice } from '../create-advice.ts';
import { hidden, type ScanRule } from '../scan-rule.ts';
import { secretObjects } from '../secret-objects.ts';

/** Secrets whose document has no `sops` block. Base64 is not encryption. */
export const plainSecret: ScanRule = {
  id: 'secrets/plain-secret',
  severity: 'error',
  why: 'Whoever can read the repository, or an old copy of it, can read the values; base64 hides nothing.',
  *find(file, { write }) {
    for (const { name, namespace, isSealed, plain } of secretObjects(file)) {
      const [first] = plain;
      if (isSealed || first === undefined) continue;
      const keys = plain.map(({ key }) => key).join(', ');
      yield {
        place: file.placeOf(first.at),
        message: `Secret ${name ?? 'without a name'} is not encrypted: ${keys}`,
        fix: replaceAdvice(file.path, { name, namespace }, write),
        shown: `${first.key}: ${hidden}`,
        object: name === undefined ? undefined : ['Secret', namespace, name].filter(Boolean).join('/'),
      };
    }
  },
};
