import { randomBytes } from 'node:crypto';
import { usageError } from '../../errors.ts';
import type { YamlSource } from '../../model/yaml-source.ts';
import type { Secret } from '../secret.ts';
import { ageListEdits } from './age-list.ts';
import { canWrapFor, dataKeyBytes, shownRecipient, wrapDataKey } from './data-key.ts';
import { openComment } from './decrypt-file.ts';
import { formatError } from './format-error.ts';
import { type OpenFile, withOpenFile } from './open-file.ts';
import { additionalDataOf, type RandomBytes, seal } from './seal.ts';
import { commentsOutside, isSealable, leafEdit, sealedScalar } from './seal-tree.ts';
import { looksSealed } from './sealed-text.ts';
import { type Edit, splice } from './splice.ts';
import { withMac } from './with-mac.ts';

/** What a new data key needs. */
export interface Rotation {
  /** One private key that opens the file. */
  identities: readonly Secret[];
  /** Who gets the new data key; without it, who has the old one. */
  recipients?: readonly string[] | undefined;
  now: Date;
  random?: RandomBytes;
}

/**
 * Makes a new data key and encrypts everything with it, so that the old one and who had only that open nothing any more. The
 * git history stays readable with it: after a leak the values themselves must change.
 *
 * @returns the encrypted text
 * @throws ExpectedError `sops-foreign-recipient` when somebody in the file cannot get the new key from us, and those of
 * `decryptFile`
 */
export async function rotateDataKey(source: YamlSource, rotation: Rotation): Promise<string> {
  const { identities, now, random = randomBytes } = rotation;
  return withOpenFile(source, identities, async (file) => {
    const { metadata, yaml, covers } = file;
    const recipients = [...new Set(rotation.recipients ?? metadata.age.map(({ recipient }) => recipient))];
    if (recipients.length === 0) throw usageError(`cannot encrypt ${source.file} anew: nobody to encrypt it for`);
    refuseForeign(file, recipients);
    const dataKey = random(dataKeyBytes);
    try {
      const age = await Promise.all(recipients.map((recipient) => wrapDataKey(dataKey, recipient)));
      const sealed = [...valueEdits(file, dataKey, random), ...commentEdits(file, dataKey, random)];
      const text = splice(source.text, [...sealed, ...ageListEdits(yaml, () => false, age)]);
      const { macOnlyEncrypted } = metadata;
      return withMac({ ...source, text }, { dataKey, covers, macOnlyEncrypted, now, random });
    } finally {
      dataKey.fill(0);
    }
  });
}

function refuseForeign({ metadata, yaml }: OpenFile, recipients: readonly string[]): void {
  const foreign = [...metadata.foreign, ...recipients.filter((recipient) => !canWrapFor(recipient))];
  if (foreign.length === 0) return;
  throw formatError(yaml.file, yaml.text, {
    code: 'sops-foreign-recipient',
    what: `is encrypted for others than age keys too (${foreign.map(shownRecipient).join(', ')}), who would lose it`,
    why: ['We cannot encrypt the new data key for them.'],
    hint: 'Rotate it with sops (sops rotate -i FILE), or take them out of the file first.',
  });
}

function valueEdits({ values }: OpenFile, dataKey: Buffer, random: RandomBytes): Edit[] {
  return values.flatMap(({ leaf, isCovered, value }) => {
    if (!isCovered || !isSealable(value)) return [];
    const sealed = seal(value.text, value.type, additionalDataOf(leaf.path), dataKey, random);
    return [leafEdit(leaf, sealedScalar(sealed, leaf.isInFlow))];
  });
}

/** Plain comments where the rule covers them are encrypted too, as SOPS does whenever it writes. */
function commentEdits({ yaml, values, covers, dataKey: old }: OpenFile, dataKey: Buffer, random: RandomBytes): Edit[] {
  const leaves = values.filter(({ isCovered, value }) => isCovered && isSealable(value)).map(({ leaf }) => leaf);
  const comments = yaml.documents.flatMap((document) => commentsOutside(document.comments, leaves));
  return comments.flatMap((comment) => {
    const [path] = comment.paths;
    const opened = openComment(comment, old)?.text;
    if (opened === undefined && looksSealed(comment.text))
      throw formatError(yaml.file, yaml.text, {
        code: 'sops-comment',
        what: 'has an encrypted comment that fits no place here; with a new data key it would be lost for ever',
        hint: 'Remove that line first.',
        at: comment.start,
      });
    const text = opened ?? comment.text;
    if (text === '' || (opened === undefined && !covers(path))) return [];
    const sealed = seal(text, 'comment', additionalDataOf(path), dataKey, random);
    return [{ start: comment.start, end: comment.end, text: `#${sealed}` }];
  });
}
