import { describe, expect, it } from 'vitest';
import { checkSecretFile } from '../../src/secrets/check-secret-file.ts';
import { encryptFile } from '../../src/secrets/format/encrypt-file.ts';
import { ruleDrift } from '../../src/secrets/rule-drift.ts';
import { readSopsConfig } from '../../src/secrets/sops-config/read-sops-config.ts';
import { sopsRules, sopsRulesText } from '../../src/secrets/sops-config/sops-rules.ts';
import { keys, model, production, sealedFor, treeWith } from './fleet.ts';
import { secretRule } from './format/sealed-files.ts';

const configOf = (text: string) => readSopsConfig({ file: '.sops.yaml', text });
const generated = `creation_rules:\n${sopsRulesText(sopsRules(model))}`;

async function checked(text: string | undefined, config = generated) {
  const { problems, state } = await checkSecretFile({
    tree: treeWith({ [production]: text }),
    path: production,
    config: await configOf(config),
    identities: Object.values(keys).map(({ recipient, identity }) => ({ recipient, secret: identity })),
    names: new Map([[keys.eu.recipient, 'cluster eu']]),
  });
  expect(JSON.stringify(problems)).not.toMatch(/mark-er|AGE-SECRET|ENC\[AES/);
  return {
    state,
    found: problems.map(({ rule, severity, line, message }) => `${severity} ${rule} ${line ?? ''} ${message}`),
  };
}

const right = await sealedFor('eu', 'us', 'recovery');

describe('an encrypted file', () => {
  it('as it should be is verified, and nothing is said of it', async () => {
    expect(await checked(right)).toEqual({ state: 'verified', found: [] });
  });

  it.each([
    ['is gone', undefined, 'error secrets/damaged  is not there'],
    ['is plain', 'kind: Secret\n', 'error secrets/not-encrypted  is not encrypted: it has no sops block'],
    [
      'is cut off',
      right.slice(0, right.indexOf('sops:')),
      'error secrets/damaged  has encrypted values but no sops block',
    ],
    ['has conflict markers', right.replace('data:', '<<<<<<< ours\ndata:'), 'error secrets/damaged '],
    [
      'has an edited value',
      right.replace(/(username: ENC\[AES256_GCM,data:)./, '$1='),
      'error secrets/damaged 8 stringData.username is damaged',
    ],
    [
      'has other metadata',
      right.replace('2026-11-22', '2026-11-21'),
      'error secrets/damaged  has a sops block that was edited',
    ],
    [
      'lost a value',
      right.replace(/ {2}username: .*\n/, ''),
      'error secrets/damaged  was changed after it was encrypted',
    ],
  ])('that %s is told so', async (_what, text, message) => {
    const { state, found } = await checked(text);
    expect(state).toBe('wrong');
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  it('with a comment in plain text beside its values is warned of', async () => {
    const { state, found } = await checked(right.replace('  username', '  # mark-er\n  username'));
    expect(state).toBe('verified');
    expect(found).toEqual(['warning secrets/exposed-comment 8 a comment beside encrypted values is in plain text']);
  });

  it('whose second document has no sops block of its own would be applied as ciphertext', async () => {
    const text = 'kind: Secret\nstringData:\n  a: mark-er\n---\nkind: Secret\nstringData:\n  b: mark-er\n';
    const both = await encryptFile(
      { file: production, text },
      {
        recipients: ['eu', 'us', 'recovery'].map((name) => keys[name as keyof typeof keys].recipient),
        rule: secretRule,
        macOnlyEncrypted: true,
        now: new Date(0),
      },
    );
    expect(await checked(both)).toEqual({ state: 'verified', found: [] });
    const bare = both.slice(0, both.lastIndexOf('sops:'));
    const line = bare.slice(0, bare.indexOf('\n---\n')).split('\n').length + 2;
    const { found } = await checked(bare);
    expect(found).toEqual([
      `error secrets/damaged ${line} this document has no sops block of its own: Flux would apply its ciphertext as it is`,
    ]);
  });

  it('is held against the rule for it: keys of other kinds, and what is encrypted', async () => {
    const rule = (more: string) =>
      `creation_rules:\n  - age: ${keys.eu.recipient},${keys.us.recipient},${keys.recovery.recipient}\n${more}`;
    expect((await checked(right, rule('    encrypted_regex: ^(data|stringData)$\n    pgp: ABC\n'))).found).toEqual([
      expect.stringMatching(/^error secrets\/foreign-recipient {2}other keys than age's: pgp, which its rule has/),
    ]);
    expect((await checked(right, rule('    encrypted_suffix: Data\n'))).found).toEqual([
      'warning secrets/other-rule  it encrypts by encrypted_regex ^(data|stringData)$, but its rule in .sops.yaml by encrypted_suffix Data',
    ]);
    expect(
      (
        await checked(
          right,
          `creation_rules:\n  - age: ${keys.us.recipient}\n    encrypted_regex: ^(data|stringData)$\n`,
        )
      ).found,
    ).toEqual([
      `error secrets/extra-recipient  cluster eu, ${keys.recovery.recipient} can read it, which the rule of .sops.yaml does not say`,
    ]);
  });
});

it('a rule that the model does not make is drift, whether it lacks somebody, has somebody more, or is gone', async () => {
  const drift = async (text: string) =>
    ruleDrift(model, await configOf(text)).map(({ line, message }) => `${line ?? ''} ${message}`);
  expect(await drift(generated)).toEqual([]);
  expect(await drift(generated.replace(/ {10}- \w+ # recovery\n/, ''))).toEqual([
    '2 the rule for secrets/eu/ lacks recovery, whom flux-repo.yaml has as a reader',
  ]);
  expect((await drift('creation_rules: []\n'))[0]).toBe(' no rule is for secrets/eu/, which flux-repo.yaml wants');
});
