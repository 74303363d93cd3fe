import type { SopsConfig } from '../sops-config/sops-config.ts';
import type { EncryptedFile } from './encrypted-files.ts';

/** Whom a file is to be encrypted for from now on. */
export interface ReaderChange {
  file: EncryptedFile;
  /** All of them, at least one. */
  recipients: readonly string[];
  added: readonly string[];
  dropped: readonly string[];
}

/** Of whom a command decides; everybody else stays as the file has them. */
export interface ReaderWish {
  add?: readonly string[];
  drop?: readonly string[];
}

/** What a wish comes to. */
export interface ReaderChanges {
  changes: ReaderChange[];
  /** Files that keep somebody who was to be dropped, or do not get somebody, since a rule of the user's own says so. */
  byOwnRule: { file: EncryptedFile; line: number }[];
  /** Files that no rule is for. */
  withoutRule: EncryptedFile[];
}

/**
 * Who is added to and dropped from which file. A file follows its own rule, the first that fits: somebody is added only
 * where the rule names them, and dropped only where it no longer does.
 *
 * @param wish without one, every file gets exactly the recipients of its rule
 */
export function readerChanges(files: readonly EncryptedFile[], config: SopsConfig, wish?: ReaderWish): ReaderChanges {
  const found: ReaderChanges = { changes: [], byOwnRule: [], withoutRule: [] };
  for (const file of files) {
    const rule = config.rules.find(({ isFor }) => isFor(file.path));
    if (rule === undefined) {
      found.withoutRule.push(file);
      continue;
    }
    const named = [...new Set(rule.recipients.map(({ recipient }) => recipient))];
    const added = (wish === undefined ? named : (wish.add ?? [])).filter((each) => !file.recipients.includes(each));
    const dropped = (
      wish === undefined ? file.recipients.filter((each) => !named.includes(each)) : (wish.drop ?? [])
    ).filter((each) => file.recipients.includes(each));
    const change = {
      file,
      added: added.filter((each) => named.includes(each)),
      dropped: dropped.filter((each) => !named.includes(each)),
    };
    if (dropped.length > change.dropped.length) found.byOwnRule.push({ file, line: rule.line });
    if (change.added.length + change.dropped.length === 0) continue;
    const kept = file.recipients.filter((each) => !change.dropped.includes(each));
    found.changes.push({ ...change, recipients: [...kept, ...change.added] });
  }
  return found;
}
