import { describe, expect, test } from 'vitest';
import { anna, ben, file, markers, sealed, stranger } from '../format/sealed-files.ts';
import { scanned, sopsConfig, told } from './scanned.ts';

const whole = await sealed();
/** The first encrypted value of the file, and its key. */
const user = /user: (ENC\[.*\])/.exec(whole) ?? [];
const changed = (from: string | RegExp, to: string) => {
  const text = whole.replace(from, () => to);
  expect(text).not.toBe(whole);
  return text;
};
const scan = (text: string, path = file) => scanned({ '.sops.yaml': sopsConfig, [path]: text });

describe('the scan of an encrypted file', () => {
  test('lets what we encrypt pass', async () => {
    expect(told(await scan(whole))).toEqual([]);
    expect(told(await scanned({ [file]: whole }))).toEqual([]);
  });

  test.for([
    ['a value written in by hand', changed(user[1] ?? '', 'hunter2'), 'exposed-value', 11],
    ['a value added by a merge', changed('stringData:\n', 'stringData:\n  added: hunter2\n'), 'exposed-value', 10],
    ['a value that lost its end', changed(user[1] ?? '', (user[1] ?? '').slice(0, -9)), 'damaged-value', 11],
    [
      'a mac that lost its end',
      changed(/( {2}mac: ENC\[.{40})[^\n]*/, '  mac: ENC[AES256_GCM,data:x'),
      'damaged-value',
      39,
    ],
    [
      'a data key that lost a line',
      changed(/(BEGIN AGE[^\n]*\n)[^\n]*\n/, 'BEGIN AGE ENCRYPTED FILE-----\n'),
      'damaged-value',
      20,
    ],
    ['a data key that is cut off', changed(/[^\n]*-----END AGE[^\n]*\n/, ''), 'damaged-value', 20],
    ['no mac', changed(/ {2}mac: [^\n]*\n/, ''), 'broken-file', 19],
    ['no time', changed(/ {2}lastmodified: [^\n]*\n/, ''), 'broken-file', 19],
    ['a time that is none', changed(/ {2}lastmodified: [^\n]*\n/, '  lastmodified: "yesterday"\n'), 'broken-file', 19],
    ['a comment written in by hand', changed('stringData:\n', 'stringData:\n  # was hunter2\n'), 'plain-comment', 10],
    ['the markers of a merge', changed('metadata:\n', '<<<<<<< HEAD\nmetadata:\n'), 'conflict-markers', 4],
    ['an end that is cut off', whole.slice(0, whole.indexOf('  mac:')), 'broken-file', 19],
    [
      'an expression that Go cannot compile',
      changed(/encrypted_regex: .*/, 'encrypted_regex: ^(?!x)data$'),
      'rule-not-go',
      18,
    ],
    [
      'a rule that is for nothing',
      changed(/encrypted_regex: .*/, 'encrypted_regex: ^nothing$'),
      'rule-without-match',
      1,
    ],
    [
      'another rule than that of .sops.yaml',
      changed(/encrypted_regex: .*/, 'encrypted_regex: ^stringData$'),
      'rule-differs',
      1,
    ],
  ] as const)('finds %s', async ([, text, rule, line]) => {
    const report = await scan(text);
    expect(told(report).map((each) => each.split(' ')[0])).toContain(`secrets/${rule}`);
    const found = report.findings.find(({ problem }) => problem.rule === `secrets/${rule}`);
    expect(found?.problem.line).toBe(line);
    for (const value of ['hunter2', ...markers]) expect(JSON.stringify(report)).not.toContain(value);
  });

  test('finds a plain Secret behind it once, and without our key in JSON too', async () => {
    const plain = 'kind: Secret\nmetadata: {name: b}\nstringData:\n  a: hunter2\n';
    const report = await scan(`${whole}---\n${plain}`);
    expect(told(report).map((each) => each.split(' ')[0])).toEqual(['secrets/plain-secret']);
    const json = '{"kind": "Secret", "stringData": {"a": "hunter2", "b": "ENC[x]"}, "sops": {"mac": "ENC[x]"}}';
    expect(told(await scanned({ 'a.json': json }))).toEqual(['secrets/exposed-value a.json:1:35']);
  });

  test('finds who can read it besides, and who cannot', async () => {
    const other = await sealed(undefined, { recipients: [anna.recipient, stranger.recipient] });
    const { findings } = await scan(other);
    expect(findings.map(({ problem }) => [problem.rule, problem.message])).toEqual([
      ['secrets/recipients-differ', 'cannot be read by recovery, unlike .sops.yaml:2 says'],
      [
        'secrets/other-environment',
        'can be opened by cluster trial, which .sops.yaml:14 has for other files, not for this one',
      ],
    ]);
    const more = await sealed(undefined, { recipients: [anna.recipient, ben.recipient, stranger.recipient] });
    const onlyOurs = sopsConfig.slice(0, sopsConfig.indexOf('  - path_regex: ^apps[/\\\\]overlays[/\\\\]staging'));
    const alone = await scanned({ '.sops.yaml': onlyOurs, [file]: more });
    expect(alone.findings.map(({ problem }) => problem.message)).toEqual([
      `can be read by ${stranger.recipient}, unlike .sops.yaml:2 says`,
    ]);
  });

  test('finds a file that no rule is for, and one with another name', async () => {
    expect(told(await scan(whole, 'apps/base/web/db.sops.yaml'))).toEqual([
      'secrets/no-rule apps/base/web/db.sops.yaml:1:1',
    ]);
    expect(told(await scan(whole, 'apps/overlays/production/web/db.enc.yaml'))).toEqual([
      'secrets/file-name apps/overlays/production/web/db.enc.yaml:1:1',
    ]);
  });

  test('goes by the names that its own rules have', async () => {
    const own = sopsConfig.replaceAll('.sops\\.ya?ml$', '.enc\\.yaml$');
    expect(told(await scanned({ '.sops.yaml': own, 'apps/overlays/production/db.enc.yaml': whole }))).toEqual([]);
  });

  test('takes the nearest .sops.yaml above a file', async () => {
    const files = { '.sops.yaml': 'creation_rules: []\n', 'fleet/.sops.yaml': sopsConfig, [`fleet/${file}`]: whole };
    expect(told(await scanned(files))).toEqual([]);
  });

  test('tells of a faulty .sops.yaml, and blames no other file for it', async () => {
    const faulty = sopsConfig.replace('path_regex', 'path_regexp');
    expect(told(await scanned({ '.sops.yaml': faulty, [file]: whole, 'a.sops.yaml': whole }))).toEqual([
      'secrets/sops-config .sops.yaml:2:5',
    ]);
  });

  test('says what it could not look into', async () => {
    const shamir = changed('sops:\n', 'sops:\n  shamir_threshold: 2\n');
    const report = await scan(shamir);
    expect(report.findings.map(({ problem }) => [problem.rule, problem.severity])).toEqual([
      ['secrets/not-looked-into', 'warning'],
    ]);
    const exposed = await scan(shamir.replace(user[1] ?? '', 'hunter2'));
    expect(told(exposed).map((each) => each.split(' ')[0])).toContain('secrets/exposed-value');
  });

  test('names the commands that put it right', async () => {
    const { findings } = await scan(changed(user[1] ?? '', 'hunter2'));
    expect(findings[0]?.fix).toEqual([`git restore --staged --worktree -- ${file}`, `TOOL secrets set ${file} user`]);
  });
});
