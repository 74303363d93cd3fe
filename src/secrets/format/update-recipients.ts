import { usageError } from '../../errors.ts';
import type { YamlSource } from '../../model/yaml-source.ts';
import type { Secret } from '../secret.ts';
import { ageListEdits } from './age-list.ts';
import { wrapDataKey } from './data-key.ts';
import { withOpenFile } from './open-file.ts';
import { readMetadata } from './read-metadata.ts';
import { readSopsYaml } from './read-sops-yaml.ts';
import { splice } from './splice.ts';

/**
 * Gives the same data key to these recipients and no others, as `sops updatekeys` does: neither values nor `mac` nor
 * `lastmodified` change. Who is dropped may still know the data key: only `rotateDataKey` shuts them out. Recipients of other
 * kinds (PGP, KMS …) stay.
 *
 * @param recipients public keys, at least one
 * @param identities needed only when a recipient is new; the file is then verified first
 * @returns the text, the same one when nothing is to do
 * @throws ExpectedError `sops-recipient`, and those of `decryptFile`
 */
export async function updateRecipients(
  source: YamlSource,
  recipients: readonly string[],
  identities: readonly Secret[],
): Promise<string> {
  if (recipients.length === 0) throw usageError(`cannot change who reads ${source.file}: nobody would be left`);
  const yaml = readSopsYaml(source);
  const present = readMetadata(yaml).age.map(({ recipient }) => recipient);
  const missing = [...new Set(recipients)].filter((recipient) => !present.includes(recipient));
  if (missing.length === 0 && present.every((recipient) => recipients.includes(recipient))) return source.text;
  const wrap = () =>
    withOpenFile(source, identities, ({ dataKey }) =>
      Promise.all(missing.map((recipient) => wrapDataKey(dataKey, recipient))),
    );
  const added = missing.length === 0 ? [] : await wrap();
  return splice(
    source.text,
    ageListEdits(yaml, (recipient) => recipients.includes(recipient), added),
  );
}
