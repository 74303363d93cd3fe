import { usageError } from '../../errors.ts';
import type { YamlSource } from '../../model/yaml-source.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import type { Secret } from '../secret.ts';
import { pathText } from './format-error.ts';
import { type OpenFile, withOpenFile } from './open-file.ts';
import { readSopsYaml } from './read-sops-yaml.ts';
import { additionalDataOf, type RandomBytes, seal } from './seal.ts';
import { setValue } from './set-value.ts';
import { splice } from './splice.ts';
import { unsetValue } from './unset-value.ts';
import { withMac } from './with-mac.ts';

/** One value to set or to take out. SOPS' types other than text are not set: a Secret knows text only. */
export interface ValueChange {
  path: YamlPath;
  /** Absent: the key is taken out, with all below it. */
  value?: Secret;
  /** Index of the document, from 0; 0 without it. */
  document?: number;
}

/**
 * Sets and takes out values in their places. The values and comments that are not named keep their ciphertext, every
 * character outside stays; only `mac` and `lastmodified` follow.
 *
 * @param how private keys, for setting needs the data key too and a recipient is not enough; the time; for tests the random
 * bytes
 * @returns the encrypted text; `source.text` itself when every value is already so
 * @throws ExpectedError `sops-not-covered` for a place the rule leaves in plain text, `sops-no-such-key`, `sops-not-a-value`,
 * and those of `decryptFile`
 */
export function changeValues(
  source: YamlSource,
  changes: readonly ValueChange[],
  how: { identities: readonly Secret[]; now: Date; random?: RandomBytes },
): Promise<string> {
  return withOpenFile(source, how.identities, (file) => {
    const { metadata, covers, dataKey } = file;
    const needed = changes.filter((change) => !isAlready(file, change));
    if (needed.length === 0) return source.text;
    const text = needed.reduce(
      (before, change) => changed({ ...source, text: before }, file, change, how.random),
      source.text,
    );
    const { macOnlyEncrypted } = metadata;
    return withMac({ ...source, text }, { dataKey, covers, macOnlyEncrypted, now: how.now, random: how.random });
  });
}

function changed(source: YamlSource, file: OpenFile, change: ValueChange, random: RandomBytes | undefined): string {
  const { path, value, document = 0 } = change;
  const place = `${pathText(path)} in ${source.file}`;
  if (path.length === 0 || path[0] === 'sops' || !file.covers(path))
    throw usageError(`cannot change ${place}: that place is not encrypted`, {
      code: 'sops-not-covered',
      why: [`The file's rule is ${file.metadata.rule.kind}: ${file.metadata.rule.pattern}`],
      hint: 'In a Secret the values are below stringData or data. Edit the rest of the file by hand.',
    });
  const yaml = readSopsYaml(source);
  const found = yaml.documents[document];
  if (found?.root === undefined)
    throw usageError(`cannot change ${place}: it has no document ${document + 1} with values`, {
      code: 'sops-no-such-key',
    });
  const at = { yaml, root: found.root, leaves: found.leaves, path };
  if (value === undefined) return splice(source.text, unsetValue(at));
  const text = value.reveal();
  if (/\p{Cs}/u.test(text)) throw usageError(`cannot set ${place}: it is not text`, { code: 'sops-character' });
  const sealed = text === '' ? '' : seal(text, 'str', additionalDataOf(path), file.dataKey, random);
  return splice(source.text, setValue(at, sealed));
}

function isAlready({ values }: OpenFile, { path, value, document = 0 }: ValueChange): boolean {
  const wanted = pathText(path);
  const present = values.find((open) => open.document === document && pathText(open.leaf.path) === wanted)?.value;
  return value !== undefined && present?.type === 'str' && present.text === value.reveal();
}
