import { describe, expect, it } from 'vitest';
import { type DeclaredSecret, declaredSecrets } from '../../../src/model/declared-secrets.ts';
import type { Draft, Model } from '../../../src/model/model.ts';
import type { SecretStore } from '../../../src/model/secret-store.ts';
import { secretStrategies, traitOf } from '../../../src/model/secret-strategies.ts';
import { sopsRulesText } from '../../../src/secrets/sops-config/sops-rules.ts';
import { strategies } from '../../../src/secrets/strategies/strategies.ts';
import { textValue } from '../../../src/secrets/values/secret-value.ts';
import { completeModel } from '../../support/complete-model.ts';

const now = new Date('2026-11-23T08:00:00Z');

function modelWith(secrets: Draft['secrets']): Model {
  return completeModel({
    clusters: {
      eu: { environment: 'production', secrets: { token: { keys: ['token'] } } },
      us: { environment: 'production' },
    },
    apps: {
      web: {
        image: 'nginx',
        secrets: {
          db: { environments: ['production'], keys: ['password', 'user'] },
          pull: { type: 'docker-registry', environments: ['production'], keys: ['.dockerconfigjson'] },
        },
      },
    },
    secrets,
  });
}

function declaredIn(model: Model, name: string): DeclaredSecret {
  const found = declaredSecrets(model).find((declared) => declared.name === name);
  if (found === undefined) throw new Error(`no Secret ${name}`);
  return found;
}

describe('every strategy', () => {
  it.each(secretStrategies)(
    '%s has its row, and takes values exactly if it seals them into a file of its own',
    (id) => {
      const { suffix, isGenerated } = traitOf(id);
      expect(strategies[id].id).toBe(id);
      expect(strategies[id].seal !== undefined).toBe(suffix !== undefined && !isGenerated);
    },
  );

  it('names files by what they are', () => {
    const paths = secretStrategies.map((strategy) => declaredIn(modelWith({ strategy }), 'db').path.split('/').at(-1));
    expect(paths).toEqual(['db.sops.yaml', 'db.external-secret.yaml', 'db.sealed-secret.yaml', 'db']);
  });
});

describe('sops', () => {
  it('encrypts for whom the rules name, and leaves nothing to do', async () => {
    const model = modelWith({ strategy: 'sops' });
    const declared = declaredIn(model, 'db');
    const recipients = model.clusters.eu?.recipients ?? [];
    const readers = recipients.map((recipient) => ({ recipient, name: 'cluster eu' }));
    const config = `creation_rules:\n${sopsRulesText([{ folder: 'apps/overlays/production', readers }])}`;
    const values = new Map([['password', textValue('hunter2')]]);
    const sealed = await strategies.sops.seal?.({ declared, values }, { model, now, read: () => config });
    expect(sealed?.path).toBe('apps/overlays/production/web/db.sops.yaml');
    expect(sealed?.text).toMatch(/password: ENC\[/);
    expect(sealed?.text).not.toContain('hunter2');
    expect(strategies.sops.checklist(declared, model)).toEqual([]);
  });
});

describe('external-secrets', () => {
  const checklist = (store: SecretStore, name: string) => {
    const model = modelWith({ strategy: 'external-secrets', store });
    return strategies['external-secrets'].checklist(declaredIn(model, name), model);
  };

  it.each([
    [
      { provider: 'aws' },
      'aws secretsmanager create-secret --name demo/production/web/db --secret-string file://FILE.json',
    ],
    [{ provider: 'gcp' }, 'gcloud secrets create demo_production_web_db --data-file=FILE.json'],
    [
      { provider: 'azure', vaultUrl: 'https://acme.vault.azure.net' },
      'az keyvault secret set --vault-name acme --name demo--production--web--db --file FILE.json',
    ],
    [{ provider: 'vault', path: 'kv' }, 'vault kv put -mount=kv demo/production/web/db @FILE.json'],
  ] as [SecretStore, string][])('says how an entry gets into %j, its value from a file', (store, command) => {
    expect(checklist(store, 'db').map(({ commands }) => commands)).toEqual([[command]]);
  });

  it('says what the entry holds', () => {
    expect(checklist({ provider: 'vault' }, 'db')[0]?.text).toBe(
      'Put demo/production/web/db into Vault: a JSON map with password, user, here from a file:',
    );
    expect(checklist({ provider: 'vault' }, 'pull')[0]?.text).toContain('a JSON map with server, username, password,');
    expect(checklist({ provider: 'vault' }, 'token')[0]?.text).toContain('Put demo/cluster-eu/token into Vault');
  });
});

describe('none', () => {
  it('says where a Secret must be, and how it is made without a value in the command', () => {
    const model = modelWith({ strategy: 'none' });
    expect(strategies.none.checklist(declaredIn(model, 'db'), model)).toEqual([
      {
        text: 'Secret web/db with password, user must be in eu, us. By hand, each value from a file:',
        commands: ['kubectl -n web create secret generic db --from-file=password=FILE --from-file=user=FILE'],
      },
    ]);
    expect(strategies.none.checklist(declaredIn(model, 'token'), model)[0]?.text).toContain('must be in eu.');
    expect(strategies.none.checklist(declaredIn(model, 'pull'), model)[0]?.commands[0]).toContain(
      '--type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=FILE',
    );
  });
});
