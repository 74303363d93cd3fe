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
