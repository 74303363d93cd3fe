import { describe, expect, test } from 'vitest';
import { webDb, withDb } from '../../support/secrets-repository.ts';

const file = webDb('production');

/** The text with one character of a value's ciphertext replaced. */
const flipped = (text: string, key: string) =>
  text.replace(
    new RegExp(`(${key}: ENC\\[AES256_GCM,data:)(.)`),
    (_, before: string, character: string) => before + (character === 'A' ? 'B' : 'A'),
  );
const sealedIn = (text: string, key: string) => new RegExp(`  ${key}: (ENC.*)`).exec(text)?.[1] ?? '';

/** What can happen to an encrypted file, and how that is told. */
const damages: [what: string, damage: (text: string) => string | Buffer, reason: string][] = [
  ['bits are flipped', (text) => flipped(text, 'password'), 'stringData.password'],
  [
    'two values are swapped',
    (text) => {
      const [one, other] = [sealedIn(text, 'password'), sealedIn(text, 'username')];
      return text.replace(one, '?').replace(other, one).replace('?', other);
    },
    'stringData.password',
  ],
  ['a value was taken out', (text) => text.replace(/ {2}username: .*\n/, ''), 'MAC'],
  ['plain text was written in', (text) => text.replace(/username: .*/, 'username: mark-er-9'), 'stringData.username'],
  ['its end is cut off', (text) => text.slice(0, text.indexOf('sops:')), 'its end is cut off'],
  ['it is cut off in its sops block', (text) => text.slice(0, text.indexOf('  lastmodified')), 'incomplete sops block'],
  ['its time was edited', (text) => text.replace(/lastmodified: "20/, 'lastmodified: "19'), 'mac'],
  ['git left markers of a conflict', (text) => `<<<<<<< HEAD\n${text}`, 'markers of a git merge conflict'],
  ['it is not UTF-8', (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff])]), 'is not UTF-8 text'],
  ['it is above 5 MiB', (text) => `${text}# ${'x'.repeat(5 * 1024 * 1024)}\n`, 'is 5 MiB or larger'],
  ['it is plain', () => 'kind: Secret\nstringData:\n  password: mark-er-9\n', 'is not encrypted'],
];

describe('an encrypted file of which', () => {
  test.each(damages)('%s is left as it is', async (_, damage, reason) => {
    const { secrets, read, write, system, files } = await withDb();
    system.env = { ...system.env, EDITOR: 'true' };
    // Node writes bytes as well; the helper's type is for what most tests write
    write(file, damage(read(file)) as string);
    const before = files();
    for (const words of [
      ['set', file, 'password'],
      ['unset', file, 'password'],
      ['edit', file],
      ['show', file, '--force'],
    ]) {
      // an editor needs a person; before it opens the file is looked at as for any other verb
      const how = { show: [], edit: ['--dry-run'] }[words[0] ?? ''] ?? ['--yes'];
      const { code, err, out } = await secrets([...words, ...how], 'mark-er-9');
      expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(file) });
      expect(err.toLowerCase()).toContain(reason.toLowerCase());
      expect(err + out).not.toContain('mark-er');
    }
    expect(files()).toEqual(before);
  });
});
