import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DeclaredSecret } from '../../../src/model/declared-secrets.ts';
import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { decryptFile } from '../../../src/secrets/format/decrypt-file.ts';
import { readSopsConfig } from '../../../src/secrets/sops-config/read-sops-config.ts';
import { sealManifest } from '../../../src/secrets/values/seal-manifest.ts';
import { secretManifest } from '../../../src/secrets/values/secret-manifest.ts';
import { textValue, valueOfBytes } from '../../../src/secrets/values/secret-value.ts';

const declared: DeclaredSecret = {
  name: 'db',
  owner: { kind: 'app', name: 'web' },
  environment: 'production',
  cluster: undefined,
  namespace: 'web',
  type: 'Opaque',
  keys: ['b', 'a'],
  path: 'apps/overlays/production/web/db.sops.yaml',
  unit: 'app-web',
};

const now = new Date('2026-11-23T08:00:00Z');
const configOf = (rule: string) =>
  readSopsConfig({ file: '.sops.yaml', text: `creation_rules:\n  - path_regex: ^apps/\n${rule}` });

describe('the manifest of a Secret', () => {
  test('has text and bytes apart, keys in order, and every value is a text', () => {
    const values = new Map([
      ['pin', textValue('0644')],
      ['enabled', textValue('true')],
      ['8080', textValue('')],
      ['store', valueOfBytes(Buffer.from([0xff, 0x00]))],
    ]);
    expect(secretManifest(declared, values).reveal()).toBe(
      [
        'apiVersion: v1',
        'kind: Secret',
        'metadata:',
        '  name: db',
        '  namespace: web',
        '  annotations:',
        '    kustomize.toolkit.fluxcd.io/substitute: disabled',
        'type: Opaque',
        'data:',
        '  store: "/wA="',
        'stringData:',
        '  "8080": ""',
        '  enabled: "true"',
        '  pin: "0644"',
        '',
      ].join('\n'),
    );
  });

  test('any text is that text again, for readers of YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const manifest = secretManifest(declared, new Map([['a', textValue(text)]])).reveal();
        for (const version of ['1.1', '1.2'] as const)
          expect(parse(manifest, { version })).toMatchObject({ stringData: { a: text } });
      }),
    );
  });

  test('a name that looks like a number is quoted', () => {
    expect(secretManifest({ ...declared, name: '1234' }, new Map()).reveal()).toContain('  name: "1234"\n');
  });
});

describe('sealing it', () => {
  const values = new Map([
    ['password', textValue('hunter2')],
    ['multi', textValue('one\ntwo\n')],
  ]);

  test('what is encrypted for two opens with either, and warns of neither', async () => {
    const keys = await Promise.all([generateAgeKey(), generateAgeKey()]);
    const list = keys.map(({ recipient }) => recipient).join(',');
    const config = await configOf(`    encrypted_regex: ^(data|stringData)$\n    age: ${list}\n`);
    const { path, text, notes } = await sealManifest(declared.path, secretManifest(declared, values), { config, now });
    expect(notes).toEqual([]);
    expect(text).not.toContain('hunter2');
    for (const { identity } of keys) {
      const opened = await decryptFile({ file: path, text }, [identity]);
      expect(parse(opened.text.reveal())).toMatchObject({ stringData: { password: 'hunter2', multi: 'one\ntwo\n' } });
    }
  });

  test('a single key is said to be one', async () => {
    const { recipient } = await generateAgeKey();
    const config = await configOf(`    age: ${recipient}\n`);
    const sealed = sealManifest(declared.path, secretManifest(declared, values), { config, now });
    expect((await sealed.catch(String)).toString()).not.toContain('hunter2');
    const covered = await configOf(`    encrypted_regex: Data$\n    age: ${recipient}\n`);
    const { notes } = await sealManifest(declared.path, secretManifest(declared, values), { config: covered, now });
    expect(notes).toEqual([expect.stringContaining('Only one key opens apps/overlays/production/web/db.sops.yaml')]);
  });

  test.each([
    ['a kind of key that is not age', '    encrypted_regex: data\n    pgp: ABC\n', 'also wants pgp'],
    ['a key that only sops can encrypt for', '    age: ssh-ed25519 AAAA\n', 'also wants ssh-ed25519 AAAA'],
    ['several groups', '    key_groups:\n      - pgp: [A]\n      - pgp: [B]\n', 'splits the key over groups'],
  ])('%s is refused', async (_, rule, reason) => {
    const config = await configOf(rule);
    await expect(sealManifest(declared.path, secretManifest(declared, values), { config, now })).rejects.toMatchObject({
      code: 'sops-foreign-keys',
      message: expect.stringContaining(reason),
    });
  });

  test('a rule that covers some of the values only is refused', async () => {
    const { recipient } = await generateAgeKey();
    const config = await configOf(`    encrypted_regex: ^password$\n    age: ${recipient}\n`);
    await expect(sealManifest(declared.path, secretManifest(declared, values), { config, now })).rejects.toMatchObject({
      code: 'sops-not-covered',
      why: ['stringData.multi is not covered by it.'],
    });
  });

  test('a folder without a rule is refused', async () => {
    const config = await configOf(`    age: ${(await generateAgeKey()).recipient}\n`);
    await expect(
      sealManifest('other/db.sops.yaml', secretManifest(declared, values), { config, now }),
    ).rejects.toMatchObject({ code: 'sops-no-rule' });
  });
});
