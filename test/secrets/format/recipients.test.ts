import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { decryptFile, verifyFile } from '../../../src/secrets/format/decrypt-file.ts';
import { inspectFile } from '../../../src/secrets/format/inspect-file.ts';
import { rotateDataKey } from '../../../src/secrets/format/rotate-data-key.ts';
import { updateRecipients } from '../../../src/secrets/format/update-recipients.ts';
import type { Secret } from '../../../src/secrets/secret.ts';
import { anna, ben, complaint, file, sealed, stranger } from './sealed-files.ts';

const now = new Date('2027-01-02T03:04:05Z');
const text = await sealed();
const source = { file, text };
const opens = (changed: string, identity: Secret) => verifyFile({ file, text: changed }, [identity]);
const isShutOut = (changed: string, identity: Secret) =>
  expect(opens(changed, identity)).rejects.toMatchObject({ code: 'sops-wrong-identity' });
const recipientsOf = async (changed: string) => (await inspectFile({ file, text: changed })).recipients;
/** The text with the age list taken out. */
const rest = (changed: string) => changed.replace(/^( *)(- )?age:\n(?:\1 +.*\n)+/gm, '◻\n');

describe('changing who reads a file', () => {
  it('adds one and drops one, and changes nothing but their entries', async () => {
    const after = await updateRecipients(source, [anna.recipient, stranger.recipient], [anna.identity]);
    expect(await recipientsOf(after)).toEqual([anna.recipient, stranger.recipient]);
    expect(rest(after)).toBe(rest(text));
    const entry = text.slice(text.indexOf('    - recipient: '), text.indexOf(`    - recipient: ${ben.recipient}`));
    expect(after).toContain(entry);
    await opens(after, stranger.identity);
    await isShutOut(after, ben.identity);
  });

  it('needs no private key to drop one', async () => {
    const after = await updateRecipients(source, [ben.recipient], []);
    await opens(after, ben.identity);
    await isShutOut(after, anna.identity);
  });

  it('needs one to add one, and a file that was not tampered with', async () => {
    const all = [anna.recipient, ben.recipient, stranger.recipient];
    expect(await complaint(() => updateRecipients(source, all, []))).toMatchObject({ code: 'sops-no-identity' });
    const tampered = { file, text: text.replace(/^ {2}user: .*\n/m, '') };
    expect(await complaint(() => updateRecipients(tampered, all, [anna.identity]))).toMatchObject({
      code: 'sops-mac-mismatch',
    });
  });

  it('does nothing when they are the same', async () => {
    expect(await updateRecipients(source, [ben.recipient, anna.recipient], [])).toBe(text);
  });

  it('never leaves nobody, and takes only recipients', async () => {
    expect(await complaint(() => updateRecipients(source, [], []))).toMatchObject({ code: 'usage' });
    expect(await complaint(() => updateRecipients(source, ['age1x'], [anna.identity]))).toMatchObject({
      code: 'sops-recipient',
    });
  });

  it('keeps the style of the file', async () => {
    // As sops 3.13 writes it, in a key group, with four blanks a level.
    const other = text
      .replaceAll(
        / {4}- recipient: (\S+)\n {6}enc: \|\n((?: {8}.*\n)+)/g,
        (_, recipient: string, armor: string) =>
          `            - enc: |\n${armor.replaceAll(/^ {8}/gm, ' '.repeat(16))}              recipient: ${recipient}\n`,
      )
      .replace('  age:\n', '  key_groups:\n      - age:\n');
    const after = await updateRecipients({ file, text: other }, [anna.recipient, stranger.recipient], [anna.identity]);
    const [first, second] = after.match(/ {12}- enc: \|\n(?: {16}\S+.*\n)+ {14}recipient: \S+\n/g) ?? [];
    expect(first).toContain(anna.recipient);
    expect(second).toContain(stranger.recipient);
    await opens(after, stranger.identity);
  });

  it('does so in every document', async () => {
    const two = await sealed('data: {a: b}\n---\ndata: {c: d}\n');
    const after = await updateRecipients({ file, text: two }, [stranger.recipient], [ben.identity]);
    expect(after.match(new RegExp(stranger.recipient, 'g'))).toHaveLength(2);
    await opens(after, stranger.identity);
  });

  it('is refused for post-quantum recipients', async () => {
    const recipient = await identityToRecipient(await generateHybridIdentity());
    expect(await complaint(() => updateRecipients(source, [anna.recipient, recipient], [anna.identity]))).toMatchObject(
      {
        code: 'sops-recipient',
      },
    );
  });

  it('is refused for a list in brackets', async () => {
    const flow = text.replace(
      / {2}age:\n(?: {4}.*\n)+/,
      `  age: [{recipient: ${anna.recipient}, enc: "x"}, {recipient: ${ben.recipient}, enc: "x"}]\n`,
    );
    expect(await complaint(() => updateRecipients({ file, text: flow }, [ben.recipient], []))).toMatchObject({
      code: 'sops-unsupported',
    });
  });
});

describe('a new data key', () => {
  it('changes every ciphertext and no value', async () => {
    const after = await rotateDataKey(source, { identities: [ben.identity], now });
    const [old = [], young = []] = [text, after].map(
      (each): string[] => each.match(/ENC\[[^\]]*\]|BEGIN AGE[^-]*/g) ?? [],
    );
    expect(young).toHaveLength(old.length);
    expect(young.filter((each) => old.includes(each))).toEqual([
      'BEGIN AGE ENCRYPTED FILE',
      'BEGIN AGE ENCRYPTED FILE',
    ]);
    const [before, now2] = await Promise.all(
      [text, after].map((each) => decryptFile({ file, text: each }, [anna.identity])),
    );
    expect(now2?.text.reveal()).toBe(before?.text.reveal());
    expect(after).toContain('2027-01-02T03:04:05Z');
  });

  it('shuts out who is dropped, even with the old data key', async () => {
    const after = await rotateDataKey(source, { identities: [ben.identity], recipients: [ben.recipient], now });
    await isShutOut(after, anna.identity);
    const smuggled = after.replace(/ {2}age:\n(?: {4}.*\n)+/, /( {2}age:\n(?: {4}.*\n)+)/.exec(text)?.[1] ?? '');
    await expect(opens(smuggled, anna.identity)).rejects.toMatchObject({ code: 'sops-damaged-value' });
  });

  it('is refused while others would lose the file', async () => {
    const withPgp = text.replace('  mac_only', '  pgp:\n    - fp: 00\n      enc: x\n  mac_only');
    const refused = await complaint(() => rotateDataKey({ file, text: withPgp }, { identities: [ben.identity], now }));
    expect(refused).toMatchObject({ code: 'sops-foreign-recipient', message: expect.stringContaining('pgp') });
    const withSsh = text.replace(anna.recipient, 'ssh-ed25519 AAAAC3Nz');
    expect(
      await complaint(() => rotateDataKey({ file, text: withSsh }, { identities: [ben.identity], now })),
    ).toMatchObject({
      code: 'sops-foreign-recipient',
    });
    await expect(updateRecipients({ file, text: withPgp }, [ben.recipient], [])).resolves.toContain('fp: 00');
  });

  it('is refused while a comment would be lost for ever', async () => {
    const [line = ''] = /^ {2}#ENC.*/m.exec(await sealed()) ?? [];
    const strange = text.replace('stringData:\n', `stringData:\n${line}\n`);
    expect(
      await complaint(() => rotateDataKey({ file, text: strange }, { identities: [ben.identity], now })),
    ).toMatchObject({
      code: 'sops-comment',
    });
  });
});
