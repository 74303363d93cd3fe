import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decryptSops } from 'sops-age';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateAgeKey } from '../../src/secrets/age-identity.ts';
import { changeValues } from '../../src/secrets/format/change-values.ts';
import { decryptFile, verifyFile } from '../../src/secrets/format/decrypt-file.ts';
import { encryptFile } from '../../src/secrets/format/encrypt-file.ts';
import type { EncryptionRule } from '../../src/secrets/format/encryption-rule.ts';
import { inspectFile } from '../../src/secrets/format/inspect-file.ts';
import { rotateDataKey } from '../../src/secrets/format/rotate-data-key.ts';
import { updateRecipients } from '../../src/secrets/format/update-recipients.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { readSopsConfig } from '../../src/secrets/sops-config/read-sops-config.ts';
import { ruleFor } from '../../src/secrets/sops-config/rule-for.ts';
import { generatedYaml, plainScalars } from '../secrets/format/generated-yaml.ts';
import { plainSecret, secretRule } from '../secrets/format/sealed-files.ts';
import { featuresOf, scalarTypes, structures } from './document-features.ts';
import { leaves, readable } from './document-values.ts';

const isHere = (program: string) => spawnSync(program, ['--version']).error === undefined;
const missing = ['sops', 'age'].filter((program) => !isHere(program));
if (missing.length > 0)
  console.warn(`SKIPPED SOPS files against the real programs: ${missing.join(' and ')} not found in PATH`);

const file = 'generated.sops.yaml';
const now = new Date('2026-11-22T17:51:39.123Z');
const rules: EncryptionRule[] = [
  secretRule,
  { kind: 'unencrypted_suffix', pattern: '_unencrypted' },
  { kind: 'encrypted_suffix', pattern: 'Data' },
  { kind: 'unencrypted_regex', pattern: '^(kind|user|.*[Vv]ersion)$' },
];
const ruleOf = (seed: number) => rules[seed % rules.length] ?? secretRule;
const [anna, ben, carla] = await Promise.all([generateAgeKey(), generateAgeKey(), generateAgeKey()]);

describe.skipIf(missing.length > 0)('SOPS files and the real sops', { timeout: 600_000 }, () => {
  let folder = '';
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-sops-')));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = (path: string, text: string) => {
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  };
  /** Runs sops with Anna's key, in a folder of its own, so that no configuration of this machine counts. */
  const sops = (...args: string[]) => {
    const env = {
      PATH: process.env.PATH,
      EDITOR: join(folder, 'editor'),
      HOME: folder,
      SOPS_AGE_KEY: anna.identity.reveal(),
      SOPS_DISABLE_VERSION_CHECK: '1',
    };
    const { status, stdout, stderr } = spawnSync('sops', args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    return { status, stdout, stderr };
  };
  const ok = (...args: string[]) => {
    const result = sops(...args);
    if (result.status !== 0) throw new Error(`sops ${args[0]} ended with ${result.status}: ${result.stderr}`);
    return result.stdout;
  };
  const sealed = (text: string, seed = 0) =>
    encryptFile(
      { file, text },
      {
        recipients: [anna.recipient, ben.recipient],
        rule: ruleOf(seed),
        macOnlyEncrypted: seed % 3 === 0,
        now,
      },
    );

  it('open 520 documents of ours, MAC checked, and read what we read', async () => {
    const failures: string[] = [];
    const met = new Set<string>();
    let compared = 0;
    for (let seed = 0; seed < 520; seed++) {
      const plain = generatedYaml(seed);
      for (const feature of featuresOf(plain)) met.add(feature);
      const opened = sops('decrypt', write('ours.yaml', await sealed(plain, seed)));
      if (opened.status !== 0) failures.push(`seed ${seed}: ${opened.status} ${opened.stderr}`);
      // A text that is not encrypted may get the line end that the block needs; go-yaml writes some comments where YAML 1.2
      // cannot read them.
      const theirs = plain.endsWith('\n') ? readable(opened.stdout) : undefined;
      if (theirs === undefined) continue;
      compared++;
      if (theirs !== readable(plain)) failures.push(`seed ${seed}: other values`);
    }
    expect(compared).toBeGreaterThan(400);
    expect(failures).toEqual([]);
    expect([...met].sort()).toEqual([...scalarTypes, ...Object.keys(structures)].sort());
  });

  it('encrypt 150 documents that we open and verify, every value of the type we give it', async () => {
    const failures: string[] = [];
    let opened = 0;
    for (let seed = 1000; opened < 150; seed++) {
      const plain = generatedYaml(seed);
      const { kind, pattern } = ruleOf(seed);
      const rule = `age: ${anna.recipient}\n    ${kind}: ${JSON.stringify(pattern)}\n    mac_only_encrypted: ${seed % 3 === 0}`;
      const config = write('theirs/.sops.yaml', `creation_rules:\n  - ${rule}\n`);
      const text = ok('--config', config, 'encrypt', write('theirs/plain.yaml', plain));
      // sops cannot open what it made of comments in encrypted lists (items) and of -0.0 outside (-0).
      if (/- ENC\S*type:comment/.test(text)) continue;
      if (/-0\.0/.test(plain) && sops('decrypt', write('theirs/sealed.yaml', text)).status !== 0) continue;
      opened++;
      try {
        const { values } = await decryptFile({ file, text }, [anna.identity]);
        const covered = new Set(values.map(({ document, path }) => `${document} ${JSON.stringify(path)}`));
        const wanted = leaves(plain).filter(({ document, path }) => covered.has(`${document} ${JSON.stringify(path)}`));
        const found = values.map(({ document, path, type, value }) => ({ document, path, type, text: value.reveal() }));
        expect(found).toEqual(wanted);
      } catch (error) {
        failures.push(`seed ${seed}: ${error}`);
      }
    }
    expect(failures).toEqual([]);
  });

  it('agree on every plain scalar, one by one', async () => {
    const lines = plainScalars.map((scalar, index) => `k${index}: ${scalar}`);
    const plain = `stringData:\n${lines.map((line) => `  ${line}\n`).join('')}`;
    const theirs = ok(
      'encrypt',
      '--age',
      anna.recipient,
      '--encrypted-regex',
      '^stringData$',
      write('scalars.yaml', plain),
    );
    const { values } = await decryptFile({ file, text: theirs }, [anna.identity]);
    expect(values.map(({ path, type, value }) => ({ document: 0, path, type, text: value.reveal() }))).toEqual(
      leaves(plain),
    );
    ok('decrypt', write('scalars.ours.yaml', await sealed(plain)));
  });

  it('change, re-key and rotate each other’s files', async () => {
    const path = write('both.sops.yaml', await sealed(plainSecret));
    const source = () => ({ file, text: readFileSync(path, 'utf8') });
    const save = (text: string) => writeFileSync(path, text);
    const identities = [anna.identity];
    const values = async () => {
      const opened = await decryptFile(source(), identities);
      const ours = Object.fromEntries(opened.values.map((each) => [each.path.join('.'), each.value.reveal()]));
      const theirs = JSON.parse(ok('decrypt', '--output-type', 'json', path));
      for (const [key, value] of Object.entries(ours)) {
        const [map = '', name = ''] = key.split('.');
        expect(theirs[map][name], key).toBe(value);
      }
      return ours;
    };
    const before = await values();

    ok('set', path, '["stringData"]["user"]', '"by sops"');
    expect(await values()).toEqual({ ...before, 'stringData.user': 'by sops' });
    save(
      await changeValues(
        source(),
        [
          { path: ['stringData', 'user'], value: new Secret('by us') },
          { path: ['stringData', 'more'], value: new Secret('a\nb\n') },
        ],
        { identities, now },
      ),
    );
    expect(await values()).toEqual({ ...before, 'stringData.user': 'by us', 'stringData.more': 'a\nb\n' });
    ok('unset', path, '["stringData"]["password"]');
    save(await changeValues(source(), [{ path: ['data', 'blob'] }], { identities, now }));
    const { 'stringData.password': _, 'data.blob': __, ...rest } = before;
    expect(await values()).toEqual({ ...rest, 'stringData.user': 'by us', 'stringData.more': 'a\nb\n' });

    // An edit that adds, changes and removes, as a person makes it.
    const script =
      "sed -i -e 's/by us/edited/' -e '/^ *more:/,/^ *b$/d' -e 's/^stringData:/&\\n    added: [x, {y: 1.50}]/' \"$1\"";
    writeFileSync(join(folder, 'editor'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    ok('edit', path);
    const edited = (await decryptFile(source(), identities)).values.map((each) => [
      each.path.join('.'),
      each.value.reveal(),
    ]);
    expect(edited.filter(([key]) => /added|user|more/.test(key ?? ''))).toEqual([
      ['stringData.added.0', 'x'],
      ['stringData.added.1.y', '1.5'],
      ['stringData.user', 'edited'],
    ]);
    save(await changeValues(source(), [{ path: ['stringData', 'added'] }], { identities, now }));

    write('.sops.yaml', `creation_rules:\n  - age: ${anna.recipient},${carla.recipient}\n`);
    ok('updatekeys', '--yes', path);
    expect((await inspectFile(source())).recipients).toEqual([anna.recipient, carla.recipient]);
    await verifyFile(source(), [carla.identity]);
    save(await updateRecipients(source(), [anna.recipient, ben.recipient], identities));
    await values();
    const old = source().text;
    ok('rotate', '--in-place', path);
    await values();
    save(await rotateDataKey(source(), { identities, now }));
    await values();
    expect(
      source()
        .text.match(/ENC\[[^\]]*\]/g)
        ?.some((text) => old.includes(text)),
    ).toBe(false);
    rmSync(join(folder, '.sops.yaml'));
  });

  it('refuse what we refuse', async () => {
    const text = await sealed('stringData:\n  a: one\n  b: two\nkind: x\n', 4);
    const [a = '', b = ''] = text.match(/ENC\[[^\]]*\]/g) ?? [];
    const damaged = {
      'a removed value': text.replace(/^ {2}a: .*\n/m, ''),
      'swapped values': text.replace(a, '◻').replace(b, a).replace('◻', b),
      'an edited time': text.replace('17:51:39', '17:51:40'),
      'an unencrypted value that was edited': text.replace('kind: x', 'kind: y'),
      'plain text added': text.replace('stringData:\n', 'stringData:\n  c: x\n'),
    };
    for (const [what, changed] of Object.entries(damaged)) {
      expect(changed, what).not.toBe(text);
      await expect(verifyFile({ file, text: changed }, [anna.identity]), what).rejects.toMatchObject({ exitCode: 1 });
      expect(sops('decrypt', write('damaged.yaml', changed)).status, what).not.toBe(0);
    }
  });

  it('find the same rule for a path', async () => {
    const recipients = [anna, ben, carla].map(({ recipient }) => recipient);
    const patterns = ['^a/b\\.sops\\.ya?ml$', '^secrets[/\\\\].*\\.sops\\.ya?ml$', '(?i)UPPER|x\\z'];
    const text = `creation_rules:\n${patterns.map((pattern, at) => `  - path_regex: ${pattern}\n    age: ${recipients[at]}\n`).join('')}`;
    write('rules/.sops.yaml', text);
    const config = await readSopsConfig({ file: '.sops.yaml', text });
    for (const path of [
      'a/b.sops.yaml',
      'a/b.sops.yml',
      'x/a/b.sops.yaml',
      'secrets/c/d.sops.yaml',
      'my-upper.yaml',
      'a/x',
      'none.yaml',
    ]) {
      const result = sops(
        '--config',
        join(folder, 'rules/.sops.yaml'),
        'encrypt',
        '--input-type',
        'yaml',
        '--output-type',
        'yaml',
        write(`rules/${path}`, 'a: b\n'),
      );
      const theirs = result.status === 0 ? (await inspectFile({ file, text: result.stdout })).recipients : [];
      let ours: string[] = [];
      try {
        ours = ruleFor(config, path).recipients.map(({ recipient }) => recipient);
      } catch {}
      expect(ours, path).toEqual(theirs);
    }
  });

  it('hold a data key that age opens', async () => {
    const text = await sealed(plainSecret);
    const [armored = ''] = /-----BEGIN[\s\S]*?-----END AGE ENCRYPTED FILE-----/.exec(text) ?? [];
    const key = write('anna.agekey', `${anna.identity.reveal()}\n`);
    const opened = execFileSync('age', ['--decrypt', '--identity', key], { input: armored.replaceAll(/^ +/gm, '') });
    expect(opened).toHaveLength(32);
  });

  it('are read alike by a third program', async () => {
    const plain = plainSecret
      .replace('  empty: ""\n', '  "nested": {list: [x, y], number: 12, yes: true}\n')
      .replace('kind: Secret', 'kind: Other');
    for (const key of [anna, ben]) {
      const opened = await decryptSops(await sealed(plain), { fileType: 'yaml', secretKey: key.identity.reveal() });
      const theirs = JSON.parse(ok('decrypt', '--output-type', 'json', write('third.yaml', await sealed(plain))));
      expect(opened).toMatchObject({ stringData: theirs.stringData, data: theirs.data });
    }
  });
});
