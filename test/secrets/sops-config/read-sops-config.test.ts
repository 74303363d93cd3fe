import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../src/errors.ts';
import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { readSopsConfig } from '../../../src/secrets/sops-config/read-sops-config.ts';
import { ruleFor } from '../../../src/secrets/sops-config/rule-for.ts';
import { sopsRulesText } from '../../../src/secrets/sops-config/sops-rules.ts';

const file = '.sops.yaml';
const [{ recipient: anna }, { recipient: ben }] = await Promise.all([generateAgeKey(), generateAgeKey()]);
const read = (text: string) => readSopsConfig({ file, text });

/** What is wrong, as `line:column message (hint)`. */
async function problemsOf(text: string): Promise<string[]> {
  try {
    await read(text);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    expect(error).toMatchObject({ code: 'sops-config', exitCode: 2 });
    return error.problems.map(({ line, column, message, hint }) => `${line}:${column} ${message} (${hint})`);
  }
  throw new Error('was read');
}

describe('.sops.yaml', () => {
  it('as we write it gives each folder its rule and readers', async () => {
    const rules = [
      { folder: 'secrets/eu-1', readers: [{ name: 'cluster eu-1', recipient: anna }] },
      {
        folder: 'apps/overlays/production',
        readers: [
          { name: 'cluster eu-1', recipient: anna },
          { name: 'recovery', recipient: ben },
        ],
      },
    ];
    const config = await read(`# ours\ncreation_rules:\n${sopsRulesText(rules)}stores:\n  yaml:\n    indent: 2\n`);
    expect(config.indent).toBe(2);
    expect(ruleFor(config, 'apps/overlays/production/shop/db.sops.yaml')).toMatchObject({
      line: 9,
      column: 5,
      recipients: [
        { recipient: anna, comment: 'cluster eu-1', line: 14 },
        { recipient: ben, comment: 'recovery', line: 15 },
      ],
      foreign: [],
      encryption: { kind: 'encrypted_regex', pattern: '^(data|stringData)$' },
      macOnlyEncrypted: true,
      keyGroups: 1,
    });
    expect(ruleFor(config, 'secrets/eu-1/a.sops.yml', '\\').recipients).toHaveLength(1);
    for (const other of ['secrets/eu-1/a.yaml', 'secrets/eu-10/a.sops.yaml', 'old/secrets/eu-1/a.sops.yaml'])
      expect(() => ruleFor(config, other)).toThrow(expect.objectContaining({ code: 'sops-no-rule' }));
  });

  it('takes the first rule that fits, and one without a path for every file', async () => {
    const config = await read(
      `creation_rules:\n  - path_regex: \\.sops\\.yaml$\n    age: ${anna}\n  - age: ${ben}\n  - path_regex: never\n    age: ${anna}\n`,
    );
    expect(ruleFor(config, 'a/b.sops.yaml').recipients[0]?.recipient).toBe(anna);
    expect(ruleFor(config, 'never').recipients[0]?.recipient).toBe(ben);
    expect(ruleFor(config, 'x').encryption).toEqual({ kind: 'unencrypted_suffix', pattern: '_unencrypted' });
  });

  it('lists keys as text with commas, folded text, list, key group and alias', async () => {
    const config = await read(
      [
        'keys:',
        `  - &anna ${anna}`,
        'creation_rules:',
        `  - age: "${anna}, ${ben},"`,
        `  - age: >-\n      ${anna},\n      ${ben}`,
        `  - age: [${anna}, ${ben}]`,
        `  - key_groups:\n      - age:\n          - *anna\n          - ${ben} # ben`,
        `  - age: ${anna}\n    pgp: 85D77543B3D624B63CEA9E6DBC17301B491B3F21`,
        `  - age: age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t`,
        `  - key_groups: [{age: [${anna}]}, {age: [${ben}]}]\n    shamir_threshold: 2`,
        '',
      ].join('\n'),
    );
    const readers = config.rules.map(({ recipients }) => recipients.map(({ recipient }) => recipient));
    expect(readers.slice(0, 4)).toEqual([0, 1, 2, 3].map(() => [anna, ben]));
    expect(config.rules[4]).toMatchObject({ foreign: ['pgp'], recipients: [{ recipient: anna }] });
    expect(readers[5]).toEqual([expect.stringContaining('age1yubikey1')]);
    expect(config.rules[6]?.keyGroups).toBe(2);
  });

  it('may have no rules, and rules for publishing that are not ours', async () => {
    expect((await read('')).rules).toEqual([]);
    expect((await read('destination_rules:\n  - s3_bucket: x\nstores: {json: {indent: 1}}\n')).rules).toEqual([]);
  });

  it('takes paths as Go does', async () => {
    const config = await read(`creation_rules:\n  - path_regex: (?i)^A[[:digit:]]+/\\Qx.y\\E$\n    age: ${anna}\n`);
    expect(ruleFor(config, 'a12/X.Y').pathRegex).toBeDefined();
    expect(() => ruleFor(config, 'a12/xzy')).toThrow();
  });
});

describe('.sops.yaml is refused', () => {
  const rule = `age: ${anna}`;
  it.each([
    [
      'a mistyped key of a rule',
      `creation_rules:\n  - ${rule}\n    path_regexp: x\n`,
      '3:5 a creation rule has no key "path_regexp"; SOPS would ignore it (Did you mean path_regex?)',
    ],
    [
      'a mistyped key of the file',
      `creation_rule:\n  - ${rule}\n`,
      '1:1 the file has no key "creation_rule"; SOPS would ignore it (Did you mean creation_rules?)',
    ],
    [
      'a mistyped key of a group',
      `creation_rules:\n  - key_groups:\n      - agee: [x]\n        ${rule}\n`,
      '3:9 a key group has no key "agee"; SOPS would ignore it (Did you mean age?)',
    ],
    ['a recipient with a mistake', `creation_rules:\n  - age: ${anna.slice(0, -1)}\n`, '2:10 age1'],
    [
      'a path that Go cannot compile',
      `creation_rules:\n  - path_regex: ^(?=x)\n    ${rule}\n`,
      '2:17 path_regex is no regular expression',
    ],
    [
      'a rule that Go cannot compile',
      `creation_rules:\n  - encrypted_regex: (a)\\1\n    ${rule}\n`,
      '2:22 encrypted_regex is no regular expression',
    ],
    [
      'two rules in one',
      `creation_rules:\n  - encrypted_regex: a\n    encrypted_suffix: b\n    ${rule}\n`,
      '2:22 a rule has one of encrypted_suffix, encrypted_regex',
    ],
    [
      'a rule by comments',
      `creation_rules:\n  - encrypted_comment_regex: a\n    ${rule}\n`,
      '2:30 encrypted_comment_regex decides by comments',
    ],
    ['a rule for nobody', 'creation_rules:\n  - path_regex: a\n', '2:5 the rule names nobody'],
    [
      'keys that SOPS ignores',
      `creation_rules:\n  - ${rule}\n    key_groups:\n      - ${rule}\n`,
      '2:10 SOPS ignores age beside key_groups',
    ],
    ['a rule that is no map', 'creation_rules:\n  - x\n', '2:5 a creation rule must be a map'],
    ['rules that are no list', 'creation_rules: x\n', '1:17 creation_rules must be a list'],
    [
      'a maybe',
      `creation_rules:\n  - mac_only_encrypted: maybe\n    ${rule}\n`,
      '2:25 mac_only_encrypted must be true or false',
    ],
    ['an odd indent', 'stores: {yaml: {indent: two}}\n', '1:25 stores.yaml.indent must be a number'],
    ['the same key twice', 'stores: {}\nstores: {}\n', '2:1 '],
    ['broken YAML', 'stores: {\n', '2:1 '],
    ['a second document', 'stores: {}\n---\nstores: {}\n', '3:1 SOPS reads the first document only'],
  ])('with %s', async (_, text, says) => {
    const problems = await problemsOf(text);
    expect(problems[0]?.slice(0, says.length)).toBe(says);
  });

  it('with a private key in it, which is not shown', async () => {
    const { identity } = await generateAgeKey();
    const problems = await problemsOf(`creation_rules:\n  - age: ${identity.reveal()}\n`);
    expect(problems).toEqual(['2:10 a private key is not an age recipient, or has a mistake in it (undefined)']);
  });

  it('with all that is wrong at once', async () => {
    expect(await problemsOf('creation_rules:\n  - pathregex: a\n  - agee: b\nstore: {}\n')).toHaveLength(5);
  });
});
