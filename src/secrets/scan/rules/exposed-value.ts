import { pathText } from '../../format/format-error.ts';
import { restoreAdvice } from '../create-advice.ts';
import { hidden, type ScanRule } from '../scan-rule.ts';
import { secretObjects } from '../secret-objects.ts';
import { keyOf } from '../value-key.ts';

/** Plain text where the file's own rule wants it encrypted: written in by hand, or by a merge. */
export const exposedValue: ScanRule = {
  id: 'secrets/exposed-value',
  severity: 'error',
  why: 'A value that was written into an encrypted file by hand is as readable as in any other file.',
  *find(file, { write }) {
    const { sealed } = file;
    if (sealed !== undefined && 'inspection' in sealed) {
      const { values } = sealed.inspection;
      const elsewhere = linesOfPlainSecrets(file);
      for (const { line, column, path, state } of values) {
        if (state !== 'exposed' || elsewhere.some(([first, last]) => first <= line && line <= last)) continue;
        yield {
          place: { line, column },
          message: `${pathText(path)} is plain text in an encrypted file`,
          fix: restoreAdvice(file.path, keyOf(path), write),
          shown: `${pathText(path.slice(-1))}: ${hidden}`,
        };
      }
      return;
    }
    // What cannot be inspected, such as JSON, is at least not to hold a plain Secret.
    for (const { isSealed, plain } of secretObjects(file))
      for (const { key, at } of isSealed ? plain : [])
        yield {
          place: file.placeOf(at),
          message: `${key} is plain text in an encrypted file`,
          fix: restoreAdvice(file.path, undefined, write),
          shown: `${key}: ${hidden}`,
        };
  },
};

/** They have a finding of their own. */
function linesOfPlainSecrets(file: Parameters<ScanRule['find']>[0]): [first: number, last: number][] {
  return [...secretObjects(file)].map(({ document: { start, text } }) => [
    file.placeOf(start).line,
    file.placeOf(start + text.length).line,
  ]);
}
