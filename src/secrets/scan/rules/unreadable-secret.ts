import type { ScanRule } from '../scan-rule.ts';
import { mayHoldSecret } from '../secret-objects.ts';

/** What cannot be read cannot be said to be harmless. Templates of charts are no YAML yet, and their values no secrets. */
export const unreadableSecret: ScanRule = {
  id: 'secrets/unreadable-secret',
  severity: 'error',
  why: 'A Secret with a mistake in its YAML is as readable for people as one without.',
  *find(file) {
    if (!file.isManifest || file.sealed !== undefined || !mayHoldSecret(file.text)) return;
    for (const { start, text, root } of file.documents()) {
      if (!mayHoldSecret(text) || text.includes('{{') || root() !== undefined) continue;
      yield {
        place: file.placeOf(start),
        message: 'looks like a Secret, but is no valid YAML, so nobody can tell whether it is encrypted',
        fix: ['Correct its YAML, then scan again.'],
      };
    }
  },
};
