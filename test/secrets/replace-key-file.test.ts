import {
  copyFileSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { generateKeys } from '../../src/secrets/generate-keys.ts';
import type { OwnedKey } from '../../src/secrets/key-name.ts';
import { replaceKeyFile } from '../../src/secrets/replace-key-file.ts';
import { writeKeys } from '../../src/secrets/write-keys.ts';

const key: OwnedKey = { kind: 'cluster', name: 'eu' };
const now = new Date('2026-11-22T23:59:59Z');
const [present, next, retired] = [
  'cluster-eu.agekey',
  'cluster-eu.next.agekey',
  'cluster-eu.retired-2026-11-22.agekey',
];

async function folderWithBoth() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'create-flux-repo-keys-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const keys = await generateKeys([key, { ...key, isNext: true }]);
  await writeKeys(folder, keys, { repository: 'demo', now });
  const [old = '', fresh = ''] = keys.map(({ recipient }) => recipient);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  return { folder, old, fresh, read, names: () => readdirSync(folder).sort() };
}

test('the next key takes the place of the present one, which stays under another name', async () => {
  const { folder, old, fresh, read, names } = await folderWithBoth();
  await replaceKeyFile(folder, key, fresh, now);
  expect(names()).toEqual([present, retired]);
  expect(read(present)).toContain(fresh);
  expect(read(retired)).toContain(old);
  for (const file of names()) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});

test('a second one on the same day replaces no retired key', async () => {
  const { folder, old, fresh, names } = await folderWithBoth();
  await replaceKeyFile(folder, key, fresh, now);
  const [third] = await generateKeys([{ ...key, isNext: true }]);
  if (third === undefined) throw new Error('no key');
  await writeKeys(folder, [third], { repository: 'demo', now });
  await replaceKeyFile(folder, key, third.recipient, now);
  expect(names()).toEqual([present, 'cluster-eu.retired-2026-11-22-2.agekey', retired]);
  expect(readFileSync(join(folder, retired), 'utf8')).toContain(old);
});

test('what a killed run left half done is completed', async () => {
  const { folder, old, fresh, read, names } = await folderWithBoth();
  linkSync(join(folder, present), join(folder, retired));
  await replaceKeyFile(folder, key, fresh, now);
  expect(names()).toEqual([present, retired]);
  expect(read(retired)).toContain(old);
  copyFileSync(join(folder, present), join(folder, next));
  await replaceKeyFile(folder, key, fresh, now);
  expect(names()).toEqual([present, retired]);
  await replaceKeyFile(folder, key, fresh, now);
  expect(names()).toEqual([present, retired]);
});

test('another next key than the one that was proven is left alone', async () => {
  const { folder, old, names } = await folderWithBoth();
  await replaceKeyFile(folder, key, old, now);
  expect(names()).toEqual([present, next]);
});
