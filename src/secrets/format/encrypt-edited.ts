import type { YamlSource } from '../../model/yaml-source.ts';
import type { Secret } from '../secret.ts';
import { openComment, plainText } from './decrypt-file.ts';
import { blockEdits } from './encrypt-file.ts';
import { type OpenFile, withOpenFile } from './open-file.ts';
import { readSopsYaml } from './read-sops-yaml.ts';
import { refusePlain } from './refuse-plain.ts';
import type { RandomBytes } from './seal.ts';
import { sealTree, stashKey } from './seal-tree.ts';
import { splice } from './splice.ts';
import { withMac } from './with-mac.ts';

/**
 * Encrypts again what `decryptFile` gave as text and a person edited. Values and comments that are the same at the same
 * place keep their ciphertext, so that a diff shows only what changed; recipients and data key stay.
 *
 * @param source the encrypted file as it was
 * @param edited its plain text, without `sops` block
 * @param how private keys (the data key is needed), the time, and for tests the random bytes
 * @returns the encrypted text; `source.text` itself when nothing was edited
 * @throws ExpectedError as `decryptFile` for the file, as `encryptFile` for the edited text
 */
export function encryptEdited(
  source: YamlSource,
  edited: Secret,
  how: { identities: readonly Secret[]; now: Date; random?: RandomBytes },
): Promise<string> {
  return withOpenFile(source, how.identities, (file) => {
    if (edited.reveal() === plainText(file)) return source.text;
    const { metadata, covers, dataKey } = file;
    const { random, now } = how;
    const yaml = readSopsYaml({ ...source, text: edited.reveal() });
    refusePlain(yaml, covers);
    const edits = sealTree(yaml, { dataKey, covers, random, stash: stashOf(file) });
    const text = splice(yaml.text, [...edits, ...blockEdits(yaml, blockOf(file))]);
    const { macOnlyEncrypted } = metadata;
    return withMac({ ...source, text }, { dataKey, covers, macOnlyEncrypted, now, random });
  });
}

function blockOf({ yaml }: OpenFile): string {
  const extent = yaml.documents[0]?.blockExtent;
  return yaml.text.slice(extent?.start, extent?.end).trimEnd();
}

function stashOf({ yaml, values, dataKey }: OpenFile): Map<string, string> {
  const stash = new Map<string, string>();
  for (const { leaf, isCovered, value } of values)
    if (isCovered && value !== null && leaf.value !== null)
      stash.set(stashKey(value.type, leaf.path, value.text), leaf.value.text);
  for (const comment of yaml.documents.flatMap((document) => document.comments)) {
    const opened = openComment(comment, dataKey);
    if (opened !== undefined) stash.set(stashKey('comment', opened.path, opened.text), comment.text);
  }
  return stash;
}
