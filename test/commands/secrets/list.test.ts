import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { outputDocument } from '../../support/output-schema.ts';
import { production, secretRepository, staging } from './secret-repository.ts';

describe('secrets list', () => {
  test('is one line a file in a pipe, with names and no values, and needs no private key', async () => {
    const { run, system, files } = await secretRepository();
    rmSync(join(system.home, '.config'), { recursive: true });
    const before = files();
    const { code, out, err } = await run('secrets', 'list');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['FILE', 'STATE', 'KEYS', 'READERS', 'DECRYPTED-BY', 'LAST-CHANGE'],
      [
        production,
        'encrypted',
        'password,user',
        'cluster/eu,cluster/us,recovery',
        'eu/web,us/web',
        '2026-01-05T00:00:00Z',
      ],
      [staging, 'encrypted', 'password,user', 'cluster/test,recovery', 'test/web', '2026-01-05T00:00:00Z'],
      [''],
    ]);
    expect(files()).toEqual(before);
  });

  test('is a table by environment in a terminal, and a card a file where that is too narrow', async () => {
    const { run, system } = await secretRepository({ columns: 140 });
    const { out } = await run('secrets', 'list');
    expect(out).toContain('Environment production\n  File ');
    expect(out).toMatch(
      /db\.sops\.yaml {2}password, user {2}clusters eu, us; recovery {2}web on eu, us {2}\d+ \w+ ago\n/,
    );
    expect(out).toContain('How old the data key itself is, is written nowhere.');
    for (const columns of [100, 60, 40]) {
      Object.assign(system.stdout, { columns });
      const narrow = (await run('secrets', 'list')).out;
      expect(narrow).toMatch(new RegExp(`${production}\n +Keys +password, user\n +Readers +clusters eu, us;\\s`));
      const own = narrow.split('\n').filter((line) => !/sops\.yaml|npx/.test(line));
      expect(Math.max(...own.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  });

  test('tells what is missing, unknown, unwired, undeclared or unreadable', async () => {
    const { run, seal, write, root, edit } = await secretRepository({ columns: 200 });
    const stranger = await generateAgeKey();
    const other = 'apps/overlays/production/web/other.sops.yaml';
    await seal(other, [stranger.recipient]);
    rmSync(join(root, staging));
    write('apps/overlays/production/broken.sops.yaml', 'a: ENC[x]\n');
    edit('apps/overlays/production/web.yaml', 'decryption:', 'x-decryption:');
    const { code, out } = await run('secrets', 'list');
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`${staging} +password, user +no file yet`));
    expect(out).toMatch(/other\.sops\.yaml\* +password, user +unknown age1\w{8}…\w{4} +nothing reconciles it/);
    expect(out).toMatch(/broken\.sops\.yaml\* .*cannot be read/);
    expect(out).toContain('web (no decryption!) on eu, us');
    expect(out).toContain('* not in flux-repo.yaml');
  });

  test('says when a value was written into an encrypted file by hand', async () => {
    const { run, edit } = await secretRepository();
    edit(production, 'stringData:', 'stringData:\n  token: mark-er-plain');
    const { code, out } = await run('secrets', 'list');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(new RegExp(`${production} +exposed `)) });
    expect(out).not.toContain('mark-er');
  });

  test('is data with --json', async () => {
    const { run, write } = await secretRepository();
    write('apps/overlays/production/broken.sops.yaml', 'a: 1\n');
    const document = outputDocument((await run('secrets', 'list', '--json')).out);
    expect(document).toMatchObject({ command: 'secrets', ok: true, changes: [] });
    expect(document.problems).toMatchObject([{ rule: 'secrets/unreadable', severity: 'warning' }]);
    expect(JSON.parse(JSON.stringify(document.result))).toMatchObject({
      secrets: [
        { state: 'unreadable', keys: [], readers: [], lastChanged: null },
        {
          path: production,
          owner: 'app web',
          environment: 'production',
          cluster: null,
          decryptedBy: [
            { cluster: 'eu', kustomization: 'web', decrypts: true },
            { cluster: 'us', kustomization: 'web', decrypts: true },
          ],
          readers: [{ name: 'cluster eu', recipient: expect.stringMatching(/^age1/) }, {}, { name: 'recovery' }],
        },
        { path: staging },
      ],
    });
  });
});
