import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecipient } from '../../src/model/recipient.ts';
import { recipientOf } from '../../src/secrets/age-identity.ts';
import { generateKeys } from '../../src/secrets/generate-keys.ts';
import { parseKeyFile } from '../../src/secrets/key-file.ts';
import { writeKeys } from '../../src/secrets/write-keys.ts';

const isHere = (program: string) => spawnSync(program, ['--version']).error === undefined;
const missing = ['age-keygen', 'age'].filter((program) => !isHere(program));
if (missing.length > 0)
  console.warn(`SKIPPED age keys against the age programs: ${missing.join(' and ')} not found in PATH`);

describe.skipIf(missing.length > 0)('keys and the age programs', () => {
  let folder = '';
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-age-')));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (program: string, args: string[], input = '') =>
    execFileSync(program, args, { input, encoding: 'utf8', stdio: 'pipe' });

  it('agree on the public half of every key we write', async () => {
    const clusters = Array.from({ length: 20 }, (_, at) => ({ kind: 'cluster' as const, name: `c-${at}` }));
    const keys = await generateKeys([...clusters, { kind: 'recovery' }]);
    const files = await writeKeys(join(folder, 'keys'), keys, { repository: 'fleet', now: new Date() });
    expect(files.map((file) => run('age-keygen', ['-y', file]).trim())).toEqual(keys.map(({ recipient }) => recipient));
  });

  it('agree on files the program writes', async () => {
    const file = join(folder, 'theirs.agekey');
    run('age-keygen', ['-o', file]);
    const text = readFileSync(file, 'utf8');
    const recipient = /^# public key: (.*)$/m.exec(text)?.[1] ?? '';
    const [identity] = parseKeyFile(text, 'theirs.agekey');
    expect(isRecipient(recipient)).toBe(true);
    expect(identity && (await recipientOf(identity))).toBe(recipient);
  });

  it('open what the other encrypted', async () => {
    const [key] = await generateKeys([{ kind: 'recovery' }]);
    if (key === undefined) throw new Error('no key');
    const [file = ''] = await writeKeys(join(folder, 'recovery'), [key], { repository: 'fleet', now: new Date() });
    const sealed = run('age', ['--encrypt', '--armor', '--recipient', key.recipient], 'hello');
    expect(run('age', ['--decrypt', '--identity', file], sealed)).toBe('hello');
  });
});
