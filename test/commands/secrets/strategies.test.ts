import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { secretsRepository } from '../../support/secrets-repository.ts';

const create = ['create', 'db', '--app', 'web'];
const repositoryWith = (strategy: string) => secretsRepository(['--app', 'web', '--secrets', strategy]);

describe('secrets create, where secrets are kept by', () => {
  test('External Secrets: names keys, writes what fetches them, and says where the values go', async () => {
    const { secrets, read, run } = await repositoryWith('external-secrets');
    const { code, out, err } = await secrets([...create, '--key', 'password', '--yes']);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(read('flux-repo.yaml')).toContain('        keys:\n          - password\n');
    expect(read('apps/overlays/staging/web/db.external-secret.yaml')).toContain('kind: ExternalSecret');
    expect(out).toContain('secretsmanager create-secret');
    expect((await run('apply')).out).toContain('Nothing to do');
    const again = await secrets([...create, '--key', 'password', '--yes']);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('change its keys in flux-repo.yaml') });
    const deleted = await secrets(['delete', 'db', '--confirm', 'db', '--yes']);
    expect(deleted).toMatchObject({ code: 0, out: expect.stringContaining('Flux deletes Secret web/db') });
    expect(read('flux-repo.yaml')).not.toContain('password');
  });

  test('Sealed Secrets: seals for the certificate of each environment', async () => {
    const { secrets, read, run } = await repositoryWith('sealed-secrets');
    const { code, err } = await secrets([...create, '--yes'], 'password=mark-er-1');
    expect({ code, err }).toMatchObject({ code: 0 });
    const file = 'apps/overlays/staging/web/db.sealed-secret.yaml';
    expect(read(file)).toContain('kind: SealedSecret');
    expect(read(file)).not.toContain('mark-er');
    expect((await run('apply')).out).toContain('Nothing to do');
    const set = await secrets(['set', file, 'password', '--yes'], 'x');
    expect(set).toMatchObject({ code: 2, err: expect.stringContaining('it is kept by Sealed Secrets') });
  });

  test('nobody here: prints what there is to do by hand', async () => {
    const { secrets, read } = await repositoryWith('none');
    const { code, out, err } = await secrets([...create, '--type', 'basic-auth', '--yes']);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(read('flux-repo.yaml')).toContain('- password\n          - username\n');
    expect(out).toContain('kubectl -n web create secret generic db');
  });

  test('Sealed Secrets: the way to another value is exact, and leaves the other environment alone', async () => {
    const { secrets, read } = await repositoryWith('sealed-secrets');
    const typed = ['--type', 'basic-auth'];
    const made = await secrets([...create, ...typed, '--yes'], 'username=a\npassword=mark-er-1');
    expect(made).toMatchObject({ code: 0 });
    const production = 'apps/overlays/production/web/db.sealed-secret.yaml';
    const before = read(production);
    const { code, err } = await secrets(['set', 'db', 'password', '--app', 'web', '--environment', 'staging', '--yes']);
    expect(code).toBe(2);
    const hint = /Try: (.*)/.exec(err)?.[1] ?? '';
    const commands = hint.split(', then ').map((command) => command.replace(/^npx \S+ secrets /, '').split(' '));
    expect(commands.map(([verb]) => verb)).toEqual(['delete', 'create']);
    for (const words of commands) {
      const confirmed = words[0] === 'delete' ? ['--confirm', 'db'] : [];
      const run = await secrets([...words, ...confirmed, '--yes'], 'username=a\npassword=mark-er-2');
      expect(run).toMatchObject({ code: 0 });
    }
    expect(read(production)).toBe(before);
    expect(read('apps/overlays/staging/web/db.sealed-secret.yaml')).toContain('kubernetes.io/basic-auth');
    const again = await secrets([...create, '--environment', 'staging', '--yes'], 'username=a\npassword=b');
    expect(again.err).toContain('secrets delete db --app web --environment staging, then');
  });

  test.each([
    ['external-secrets', 'external', 'which alone can open them: 2 declared Secrets are looked for, not into'],
    ['sealed-secrets', 'sealed', 'which alone can open them: 2 declared Secrets are looked for, not into'],
    ['none', 'elsewhere', '2 declared Secrets are brought to the clusters by hand'],
  ])('%s: list, verify and show say what is true there', async (strategy, state, about) => {
    const { secrets } = await repositoryWith(strategy);
    const sealed = strategy === 'sealed-secrets';
    const made = await secrets(
      [...create, '--yes', ...(sealed ? [] : ['--key', 'token'])],
      sealed ? 'token=x' : undefined,
    );
    expect(made).toMatchObject({ code: 0 });
    const { result } = JSON.parse((await secrets(['list', '--json'])).out);
    expect(result.secrets).toMatchObject([{ state, keys: ['token'] }, { state }]);
    expect((await secrets(['list'])).out).not.toMatch(/missing|unreadable|reconciles/);
    const verified = await secrets(['verify']);
    expect({ ...verified, out: verified.out.replaceAll('\n', ' ') }).toMatchObject({
      code: 0,
      out: expect.stringContaining(about),
    });
    const shown = await secrets(['show', 'db', '--force']);
    expect(shown).toMatchObject({ code: 2, err: expect.stringContaining('cannot be opened: it is kept by') });
    expect(shown.err).not.toContain('means 2 files');
  });

  test('a file that is not there: verify fails and names what makes it', async () => {
    const { secrets, root } = await repositoryWith('external-secrets');
    await secrets([...create, '--key', 'token', '--yes']);
    rmSync(join(root, 'apps/overlays/staging/web/db.external-secret.yaml'));
    const { code, err, out } = await secrets(['verify']);
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/Try: npx \S+ apply\n/) });
    expect(out).toContain('its file is not there');
  });

  test.each(['external-secrets', 'none'])('%s: the command that is printed names the keys', async (strategy) => {
    const { secrets } = await repositoryWith(strategy);
    const { code, err } = await secrets([...create, '--key', 'password', '--key', 'username']);
    const again = 'secrets create db --app web --key password --key username --yes';
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(again) });
  });

  test.each(['external-secrets', 'none'])(
    '%s: values are refused, and so is a Secret without keys',
    async (strategy) => {
      const { secrets, beside, git } = await repositoryWith(strategy);
      const values = await secrets([...create, '--from-file', `a=${beside('a', 'x')}`, '--yes']);
      expect(values).toMatchObject({ code: 2, err: expect.stringContaining('values have no place here') });
      const none = await secrets([...create, '--yes']);
      expect(none).toMatchObject({ code: 2, err: expect.stringContaining('secret db has no keys') });
      expect(git('status', '--porcelain')).toBe('');
    },
  );
});
