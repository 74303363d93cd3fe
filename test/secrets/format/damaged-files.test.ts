import { describe, expect, it } from 'vitest';
import { decryptFile, verifyFile } from '../../../src/secrets/format/decrypt-file.ts';
import { inspectFile } from '../../../src/secrets/format/inspect-file.ts';
import { updateRecipients } from '../../../src/secrets/format/update-recipients.ts';
import { anna, ben, complaint, file, markers, plainSecret, sealed, stranger } from './sealed-files.ts';

const text = await sealed();
const withFullMac = await sealed(plainSecret, { macOnlyEncrypted: false });
const opening = (changed: string, identities = [anna.identity]) =>
  complaint(() => decryptFile({ file, text: changed }, identities));

/** Another character of base64 in the middle of what follows `key: …data:`. */
function flipped(key: string, part: 'data' | 'iv' | 'tag'): string {
  return text.replace(
    new RegExp(`(${key}: ENC.*?${part}:...)(.)`),
    (_, before: string, character: string) => before + (character === 'A' ? 'B' : 'A'),
  );
}

const sealedOf = (key: string) => new RegExp(`${key}: (ENC\\S+)`).exec(text)?.[1] ?? '';
const swapped = text
  .replace(sealedOf('user'), '◻')
  .replace(sealedOf('password'), sealedOf('user'))
  .replace('◻', sealedOf('password'));

const rows: [string, string, { code: string; says: RegExp }][] = [
  [
    'with a flipped bit in a value',
    flipped('user', 'data'),
    { code: 'sops-damaged-value', says: /:11:9 has an altered value: stringData\.user / },
  ],
  ['with a flipped bit in an IV', flipped('user', 'iv'), { code: 'sops-damaged-value', says: /stringData\.user/ }],
  ['with a flipped bit in a tag', flipped('user', 'tag'), { code: 'sops-damaged-value', says: /stringData\.user/ }],
  [
    'with two values swapped',
    swapped,
    { code: 'sops-moved-value', says: /stringData\.user holds that of stringData\.password/ },
  ],
  [
    'with a value cut off',
    text.replace(/(user: ENC\S{20})\S+/, '$1'),
    { code: 'sops-malformed-value', says: /stringData\.user is not a whole ENC/ },
  ],
  [
    'with a value of another type than it claims',
    text.replace(/(user: ENC.*)type:str/, '$1type:int'),
    { code: 'sops-malformed-value', says: /stringData\.user is not of the type/ },
  ],
  [
    'with a value removed',
    text.replace(/^ {2}user: .*\n/m, ''),
    { code: 'sops-mac-mismatch', says: /changed after it was encrypted/ },
  ],
  [
    'with an unencrypted value removed from a full MAC',
    withFullMac.replace(/^type: .*\n/m, ''),
    { code: 'sops-mac-mismatch', says: /MAC does not fit/ },
  ],
  [
    'with an unencrypted value edited under a full MAC',
    withFullMac.replace('name: database', 'name: other'),
    { code: 'sops-mac-mismatch', says: /MAC/ },
  ],
  ['with values in another order', reordered(text), { code: 'sops-mac-mismatch', says: /MAC does not fit its values/ }],
  [
    'with plain text written where it must be encrypted',
    text.replace(/user: .*/, 'user: mark-er-new-1'),
    { code: 'sops-plaintext', says: /:11:9 .*stringData\.user/ },
  ],
  [
    'with another time in its block',
    text.replace('17:51:39Z', '17:51:40Z'),
    { code: 'sops-mac-unreadable', says: /mac and lastmodified do not fit/ },
  ],
  [
    'with a time that is none',
    text.replace('2026-11-22T17:51:39Z', 'today'),
    { code: 'sops-incomplete', says: /lastmodified is no time/ },
  ],
  ['with a flipped bit in its MAC', flipped('mac', 'data'), { code: 'sops-mac-unreadable', says: /mac/ }],
  [
    'cut off within its block',
    text.slice(0, text.indexOf('  mac:')),
    { code: 'sops-incomplete', says: /mac is missing/ },
  ],
  [
    'cut off before its block',
    text.slice(0, text.indexOf('sops:')),
    { code: 'sops-incomplete', says: /no sops block: its end is cut off/ },
  ],
  [
    'without recipients',
    text.replace(/ {2}age:\n(?: {4}.*\n)+/, ''),
    { code: 'sops-incomplete', says: /without any recipient/ },
  ],
  [
    'with two rules',
    text.replace('  mac_only', '  encrypted_suffix: x\n  mac_only'),
    { code: 'sops-incomplete', says: /two rules/ },
  ],
  ['with another rule', text.replace('^(data|stringData)$', '^data$'), { code: 'sops-mac-mismatch', says: /MAC/ }],
  [
    'with a rule that Go cannot compile',
    text.replace('^(data|stringData)$', '^(?!x)'),
    { code: 'sops-rule', says: /Go does not understand/ },
  ],
  ['that is plain', plainSecret, { code: 'sops-not-encrypted', says: /is not encrypted/ }],
  [
    'with merge-conflict markers',
    text.replace(/^ {2}user: .*\n/m, '<<<<<<< HEAD\n$&=======\n$&>>>>>>> other\n'),
    { code: 'sops-conflict-markers', says: /:11:1 has the markers/ },
  ],
  [
    'that is no YAML',
    text.replace('stringData:', 'stringData: [mark-er-x'),
    { code: 'sops-syntax', says: /is not valid YAML/ },
  ],
  ['that is empty', '', { code: 'sops-unsupported', says: /is empty/ }],
  ['of 5 MiB', `${text}#${'x'.repeat(5 * 1024 * 1024)}\n`, { code: 'sops-too-large', says: /5 MiB/ }],
];

function reordered(before: string): string {
  const lines = before.split('\n');
  const at = lines.findIndex((line) => line.startsWith('  user:'));
  const [user = ''] = lines.splice(at, 1);
  lines.splice(at + 1, 0, user);
  return lines.join('\n');
}

describe('a damaged file', () => {
  it.each(rows)('%s is refused with a reason of its own', async (_, changed, { code, says }) => {
    expect(changed).not.toBe(text);
    const refused = await opening(changed);
    expect(refused).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(refused.message).toContain(file);
    for (const secret of [...markers, 'mark-er-', 'AGE-SECRET', ...(changed.match(/data:[^,]+/g) ?? [])])
      expect(refused.all).not.toContain(secret);
  });

  it('gives each kind of damage other words', async () => {
    const messages = await Promise.all(rows.map(async ([, changed]) => (await opening(changed)).message));
    const withoutPlace = messages.map((message) => message.replace(/^\S+ /, ''));
    // Three bits of one value and three ways to a MAC that does not fit read alike.
    expect(new Set(withoutPlace).size).toBeGreaterThanOrEqual(rows.length - 7);
  });

  it('is found by verifying too, in every document', async () => {
    const two = await sealed('stringData:\n  a: x\n---\nstringData:\n  b: y\n');
    await expect(verifyFile({ file, text: two }, [ben.identity])).resolves.toBeUndefined();
    const second = two.replace(/( {2}b: ENC.*data:)./, '$1');
    expect(await complaint(() => verifyFile({ file, text: second }, [ben.identity]))).toMatchObject({
      code: 'sops-malformed-value',
    });
    const different = two.replace(/(b: [\s\S]*lastmodified: "2026-11-22T17:51:)39/, '$140');
    expect(await complaint(() => verifyFile({ file, text: different }, [ben.identity]))).toMatchObject({
      code: 'sops-incomplete',
      message: expect.stringContaining('different sops blocks'),
    });
  });

  it('may have unencrypted parts edited when the MAC covers encrypted values only', async () => {
    const edited = text.replace('name: database', 'name: other').replace(/^type: .*\n/m, '');
    await expect(verifyFile({ file, text: edited }, [anna.identity])).resolves.toBeUndefined();
  });
});

describe('a key that does not fit', () => {
  it('is named by its public half, with those that would', async () => {
    const refused = await opening(text, [stranger.identity]);
    expect(refused).toMatchObject({ code: 'sops-wrong-identity' });
    for (const { recipient } of [anna, ben, stranger]) expect(refused.all).toContain(recipient);
    expect(refused.all).not.toContain('AGE-SECRET');
  });

  it('is another thing than no key at all', async () => {
    expect(await opening(text, [])).toMatchObject({ code: 'sops-no-identity' });
  });

  it('is another thing than a damaged copy of the data key', async () => {
    const damaged = text.replace(/(recipient: age1.*\n.*\n.*\n) {8}(....)/g, '$1        AAAA');
    expect(await opening(damaged)).toMatchObject({ code: 'sops-damaged-key' });
  });

  it('does not matter beside one that does', async () => {
    const { values } = await decryptFile({ file, text }, [stranger.identity, ben.identity]);
    expect(values).toHaveLength(5);
  });

  it('opens an entry that names somebody else', async () => {
    const renamed = await updateRecipients({ file, text }, [anna.recipient], []);
    const anonymous = renamed.replace(anna.recipient, ben.recipient);
    await expect(verifyFile({ file, text: anonymous }, [anna.identity])).resolves.toBeUndefined();
  });
});

describe('what cannot be put together', () => {
  it.each([
    [
      'split data keys',
      'age:',
      'key_groups:\n    - age: []\n    - age: []\n  shamir_threshold: 2\n  age:',
      'key groups',
    ],
    ['rules by comment', 'encrypted_regex:', 'encrypted_comment_regex: x\n  other:', 'encrypted_comment_regex'],
  ])('%s are refused by name', async (_, from, to, says) => {
    expect(await opening(text.replace(from, to))).toMatchObject({
      code: 'sops-unsupported',
      message: expect.stringContaining(says),
    });
  });
});

describe('looking at a file without a key', () => {
  it('says who reads it, what is encrypted and where plain text is', async () => {
    const exposed = text.replace(/user: .*/, 'user: mark-er-new-1').replace('# who', '# mark-er-top');
    const seen = await inspectFile({ file, text: exposed });
    expect(seen).toMatchObject({
      recipients: [anna.recipient, ben.recipient],
      foreignRecipients: [],
      rule: { kind: 'encrypted_regex', pattern: '^(data|stringData)$' },
      macOnlyEncrypted: true,
      lastModified: '2026-11-22T17:51:39Z',
      version: '3.10.2',
      documents: 1,
    });
    const states = seen.values.map(({ path, state, line }) => `${line} ${path.join('.')} ${state}`);
    expect(states).toContain('11 stringData.user exposed');
    expect(states).toContain('12 stringData.password encrypted');
    expect(states).toContain('15 stringData.empty empty');
    expect(states).toContain('3 kind plain');
    expect(seen.comments.map(({ line, state }) => `${line} ${state}`)).toEqual([
      '1 plain',
      '5 plain',
      '10 encrypted',
      '12 encrypted',
    ]);
    expect(JSON.stringify(seen)).not.toContain('mark-er');
  });
});
