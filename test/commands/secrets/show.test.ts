import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { outputDocument } from '../../support/output-schema.ts';
import { webDb, withDb } from '../../support/secrets-repository.ts';

const file = webDb('production');

describe('secrets show', () => {
  test('prints on a terminal: the whole file, or one value with a line end', async () => {
    const { secrets } = await withDb({ columns: 100 });
    expect((await secrets(['show', file, '--no-input'])).out).toContain('stringData:\n  password: mark-er-1\n');
    expect((await secrets(['show', file, 'password', '--no-input'])).out).toBe('mark-er-1\n');
  });

  test('what is named for elsewhere is the same Secret', async () => {
    const { secrets } = await withDb();
    const { err } = await secrets(['show', 'db', '--app', 'web', '--environment', 'staging']);
    expect(err).toContain('secrets show db --app web --environment staging --force\n');
  });

  test('elsewhere only when it is forced, exactly as it is', async () => {
    const { secrets } = await withDb();
    for (const flags of [[], ['--json']]) {
      const { code, out, err } = await secrets(['show', file, 'password', ...flags]);
      expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('unless it is forced') });
      expect(out + err).not.toContain('mark-er');
    }
    expect((await secrets(['show', file, 'password', '--force'])).out).toBe('mark-er-1');
    const { out } = await secrets(['show', 'db', '--environment', 'staging', '--json', '--force']);
    expect(outputDocument(out).result).toEqual({
      file: webDb('staging'),
      values: { 'stringData.password': 'mark-er-1', 'stringData.username': 'mark-er-2' },
    });
  });

  test('on a terminal JSON is forced too', async () => {
    const { secrets } = await withDb({ columns: 100 });
    const { code, out } = await secrets(['show', file, '--json']);
    expect(code).toBe(2);
    expect(out).not.toContain('mark-er');
  });

  test('below data: text is decoded, other bytes stay base64; control characters show on a terminal', async () => {
    const { secrets, beside } = await withDb({ columns: 100 });
    for (const [key, bytes] of [
      ['a', Buffer.from([0xff])],
      ['b', Buffer.from('\u001b[31mred')],
    ] as const)
      await secrets(['set', file, `data.${key}`, '--from-file', beside(key, bytes), '--yes']);
    expect((await secrets(['show', file, 'a'])).out).toBe('/w==\n');
    expect((await secrets(['show', file, 'b'])).out).toBe('\\u001b[31mred\n');
  });

  test('a key that is not there', async () => {
    const { secrets } = await withDb();
    const { code, err } = await secrets(['show', file, 'pasword', '--force']);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('did you mean password?') });
  });

  test('without a key that fits: who could open it is said', async () => {
    const { secrets, keysFolder } = await withDb();
    for (const name of ['recovery', 'cluster-production']) rmSync(`${keysFolder}/${name}.agekey`);
    const { code, err } = await secrets(['show', file, '--force']);
    expect(code).toBe(1);
    expect(err).toContain('It can be opened by: cluster production, recovery.');
    rmSync(keysFolder, { recursive: true });
    expect((await secrets(['show', file, '--force'])).err).toContain('no private key is at hand');
  });
});
