import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type GitSandbox, gitSandbox } from '../git/git-sandbox.ts';
import { completeModel } from '../support/complete-model.ts';
import { repositoryTree } from '../support/repository-tree.ts';

const hook = repositoryTree(completeModel({})).get('.githooks/pre-commit') ?? '';
/** The last line of a refusal. */
const advice = /^See the lines, and what to do: npx create-flux-repo@\S+ secrets scan --staged\n/m;

const key = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
const plainSecret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: hunter2\n';
const encrypted = `${plainSecret.replace('hunter2', 'ENC[AES256_GCM,data:x,type:str]')}sops:\n  mac: ENC[x]\n`;
const gateway = 'kind: Gateway\nspec:\n  certificateRefs:\n    - kind: Secret\n      name: tls\n';

/** A repository with the hook in place, and these files staged. */
function staged(files: Record<string, string>): { sandbox: GitSandbox; folder: string } {
  const sandbox = gitSandbox();
  const folder = sandbox.repository('repo');
  for (const [path, contents] of Object.entries({ '.githooks/pre-commit': hook, ...files }))
    sandbox.write(`repo/${path}`, contents);
  chmodSync(join(folder, '.githooks/pre-commit'), 0o755);
  sandbox.git(folder, 'add', '--all', '--force');
  return { sandbox, folder };
}

/** Runs the hook as `sh` does, which is dash on Debian; `cwd` is where the person stands. */
function runHook({ sandbox, folder }: { sandbox: GitSandbox; folder: string }, shell = 'sh', cwd = folder) {
  const { status, stderr } = spawnSync(shell, [join(folder, '.githooks/pre-commit')], {
    cwd,
    env: sandbox.env,
    encoding: 'utf8',
  });
  return { status, stderr: stderr.replace(advice, '') };
}

describe('the hook of a generated repository', () => {
  test('lets a clean tree pass without a word', () => {
    expect(runHook(staged({ 'apps/a.yaml': gateway, 'README.md': 'AGE-SECRET-KEY-1… is how a key begins\n' }))).toEqual(
      {
        status: 0,
        stderr: '',
      },
    );
  });

  test('lets encrypted Secrets pass, in YAML and in JSON', () => {
    const json = '{\n  "kind": "Secret",\n  "sops": {}\n}\n';
    expect(runHook(staged({ 'a.sops.yaml': encrypted, 'b c.sops.yaml': encrypted, 'd.json': json }))).toEqual({
      status: 0,
      stderr: '',
    });
  });

  const release = 'kind: HelmRelease\nspec:\n  valuesFrom:\n';
  test.for([
    [
      'what a chart puts in',
      'chart/templates/db.yaml',
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ include "x.name" . }}\ndata:\n{{- range $key, $value := .Values.secrets }}\n  {{ $key }}: {{ $value | b64enc | quote }}\n{{- end }}\n  a: "{{ .Values.a }}"\n`,
    ],
    ['what Flux puts in', 'a.yaml', 'kind: Secret\nstringData:\n  a: ${PASSWORD}\n'],
    ['a Secret without values', 'a.yaml', 'kind: Secret\ntype: kubernetes.io/service-account-token\n'],
    [
      'a List of what names Secrets',
      'a.yaml',
      'apiVersion: v1\nkind: List\nitems:\n  - kind: Gateway\n    refs:\n      - kind: Secret\n        name: x\n  - kind: ConfigMap\n    data:\n      a: b\n',
    ],
    ['valuesFrom', 'a.yaml', `${release}    - kind: Secret\n      name: x\n  data:\n    a: b\n`],
    ['valuesFrom in braces', 'a.yaml', `${release}    - {kind: Secret, name: x}\n`],
    ['valuesFrom in JSON', 'a.json', '{"valuesFrom": [{"kind": "Secret", "name": "x"}]}\n'],
    ['a ConfigMap beside an encrypted Secret', 'a.yaml', `${encrypted}---\nkind: ConfigMap\ndata:\n  a: b\n`],
  ] as const)('lets %s pass', ([, path, contents]) => {
    expect(runHook(staged({ [path]: contents }))).toEqual({ status: 0, stderr: '' });
  });

  test.for([
    ['a private key in any file', 'notes.txt', `my key:\n${key}\n`, 'holds a private key'],
    ['a post-quantum private key', 'notes.txt', `AGE-SECRET-KEY-PQ-1${'Q'.repeat(58)}\n`, 'holds a private key'],
    ['a PEM private key', 'id', '-----BEGIN OPENSSH PRIVATE KEY-----\nx\n', 'holds a private key'],
    ['a Secret in plain text', 'apps/db.yaml', plainSecret, 'is a Secret in plain text'],
    [
      'a Secret that is the second document',
      'apps/db.yml',
      `${gateway}---\n${plainSecret}`,
      'is a Secret in plain text',
    ],
    ['a Secret in quotes', 'apps/db.yaml', plainSecret.replace('Secret', '"Secret" # x'), 'is a Secret in plain text'],
    [
      'a Secret in JSON',
      'db.json',
      '{\n  "kind": "Secret",\n  "data": {"a": "Yg=="}\n}\n',
      'is a Secret in plain text',
    ],
    [
      'a Secret in JSON of one line',
      'db.json',
      '{"kind":"Secret","stringData":{"a":"b"}}',
      'is a Secret in plain text',
    ],
    [
      'a Secret in flow style',
      'db.yaml',
      '{apiVersion: v1, kind: Secret, data: {a: Yg==}}\n',
      'is a Secret in plain text',
    ],
    [
      'a Secret in a list',
      'db.yaml',
      'apiVersion: v1\nkind: List\nitems:\n  - kind: Gateway\n  - apiVersion: v1\n    kind: Secret\n    data:\n      a: Yg==\n',
      'is a Secret in plain text',
    ],
    ['a Secret behind a tab', 'db.YAML', 'kind:\tSecret\ndata:\n  a: Yg==\n', 'is a Secret in plain text'],
    ['a Secret with a tag', 'db.yaml', 'data:\n  a: Yg==\nkind: !!str Secret\n', 'is a Secret in plain text'],
    [
      'a plain Secret beside an encrypted one',
      'db.yaml',
      `${encrypted}---\n${plainSecret}`,
      'is a Secret in plain text',
    ],
    [
      'a Secret that begins an item of a list',
      'db.yaml',
      'kind: List\nitems:\n- kind: Secret\n  stringData:\n    a: hunter2\n',
      'is a Secret in plain text',
    ],
    [
      'a Secret in braces behind one that is only named',
      'db.yaml',
      'a: [{kind: Secret, name: x}]\nb: {kind: Secret, metadata: {name: x}, stringData: {a: hunter2}}\n',
      'is a Secret in plain text',
    ],
    [
      'a value in the template of a chart',
      'chart/templates/db.yaml',
      'kind: Secret\n{{- if .Values.db }}\nstringData:\n  user: {{ .Values.db.user }}\n{{- end }}\n  password: hunter2\n',
      'is a Secret in plain text',
    ],
    ['a file that is named as encrypted and is not', 'apps/db.sops.yaml', 'kind: ConfigMap\n', 'is not encrypted'],
    ['a key file, whatever is in it', 'keys/cluster-x.agekey', 'nothing\n', 'is a key file'],
  ] as const)('refuses %s and names it', ([, path, contents, reason]) => {
    const { status, stderr } = runHook(staged({ [path]: contents }));
    expect(status).toBe(1);
    expect(stderr).toContain(`${path} ${reason}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('hunter2');
    expect(stderr).not.toContain(key);
  });

  const sealed = 'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]';
  const block = `sops:\n  encrypted_regex: ^(data|stringData)$\n  mac: ENC[x]\n`;
  const secretWith = (values: string) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n${values}type: Opaque\n`;

  test.for([
    ['a value beside encrypted ones', `stringData:\n  password: ${sealed}\n  token: hunter2\n`],
    ['a value below data', 'data:\n  token: aHVudGVyMg==\n'],
    ['deeper indentation, and a comment before', `stringData:\n    # note\n    a: ${sealed}\n    token: hunter2\n`],
    ['a block of several lines', 'stringData:\n  token: |\n    hunter2\n'],
    ['folded behind a key', 'stringData:\n  token:\n    hunter2\n'],
    ['flow style', 'stringData: {token: hunter2}\n'],
    ['quotes, and ENC[ in the middle', 'stringData:\n  token: "hunter2 ENC["\n'],
    ['line breaks of Windows', `stringData:\r\n  password: ${sealed}\r\n  token: hunter2\r\n`],
    [
      'the second of two documents',
      `stringData:\n  a: ${sealed}\n${block}---\nkind: Secret\ndata:\n  token: hunter2\n`,
    ],
  ] as const)('refuses an encrypted Secret with a plain value: %s', ([, values]) => {
    for (const path of ['apps/db.sops.yaml', 'apps/it is.yaml']) {
      const repository = staged({ [path]: `${secretWith(values)}${block}` });
      const { status, stderr } = runHook(repository);
      expect({ status, stderr }).toEqual({
        status: 1,
        stderr: `${path} has a value in plain text below data or stringData\n`,
      });
      repository.sandbox.git(repository.folder, 'config', 'core.hooksPath', '.githooks');
      expect(() => repository.sandbox.git(repository.folder, 'commit', '--message=Bad')).toThrow(/in plain text below/);
    }
  });

  test.for([
    ['what sops leaves as it is', `stringData:\n  a: ""\n  b: null\n  c: ${sealed}\n`],
    ['quotes and comments', `data:\n  #${sealed}\n  a: "${sealed}" # why\n  'b': '${sealed}'\n`],
    ['a value that another program folded', `stringData:\n  a: >-\n    ${sealed}\n  b:\n    ${sealed}\n`],
    ['nothing', `stringData: {}\n`],
    ['an item that begins with it', `items:\n  - stringData:\n      a: ${sealed}\n    kind: Secret\n`],
    ['line breaks of Windows', `stringData:\r\n  password: ${sealed}\r\n  empty: ""\r\n`],
  ] as const)('lets an encrypted Secret pass with %s', ([, values]) => {
    const json = '{"kind": "Secret",\n"data": {"a": "x"},\n"sops": {}}\n';
    const files = { 'db.sops.yaml': `${secretWith(values)}${block}`, 'db.json': json };
    expect(runHook(staged(files))).toEqual({ status: 0, stderr: '' });
  });

  test('leaves a file with a rule of its own to the scan', () => {
    const own = `${secretWith(`stringData:\n  user: admin\n  password: ${sealed}\n`)}sops:\n  encrypted_regex: ^password$\n`;
    expect(runHook(staged({ 'db.sops.yaml': own }))).toEqual({ status: 0, stderr: '' });
  });

  test.for(['name with  blanks', 'Schlüssel 鍵', "it's", '*.x', '-n', ':(top)x', '[a-z]', 'x:y'])(
    'names a file called %s as it is, and does not look at another in its place',
    (name) => {
      const { status, stderr } = runHook(
        staged({ [`${name}.yaml`]: plainSecret, [`dir/${name}.agekey`]: 'x\n', 'other.yaml': encrypted }),
      );
      expect(status).toBe(1);
      expect(stderr).toContain(`${name}.yaml is a Secret`);
      expect(stderr).toContain(`dir/${name}.agekey is a key file`);
      expect(stderr.trim().split('\n')).toHaveLength(2);
    },
  );

  test('names the command that tells more, when it refuses', () => {
    const { sandbox, folder } = staged({ 'a.yaml': plainSecret });
    const { stderr } = spawnSync('sh', ['.githooks/pre-commit'], { cwd: folder, env: sandbox.env, encoding: 'utf8' });
    expect(stderr).toMatch(advice);
  });

  test('takes no file for a pattern of others', () => {
    const files = {
      '*.x.yaml': plainSecret,
      'q.x.yaml': encrypted,
      'r.x.yaml': gateway,
      '[a-z].yaml': plainSecret,
      'b.yaml': encrypted,
      'c.yaml': gateway,
      ':(top)y.yaml': plainSecret,
      'y.yaml': encrypted,
    };
    const { stderr } = runHook(staged(files));
    const named = stderr
      .trim()
      .split('\n')
      .map((line) => line.replace(/ is a Secret.*/, ''));
    expect(named.sort()).toEqual(['*.x.yaml', ':(top)y.yaml', '[a-z].yaml']);
  });

  test('looks at what is staged, not at the disk', () => {
    const repository = staged({ 'a.yaml': encrypted, 'notes.txt': 'x\n', 'x.agekey.txt': 'x\n' });
    repository.sandbox.write('repo/a.yaml', plainSecret);
    repository.sandbox.write('repo/notes.txt', key);
    repository.sandbox.write('repo/unstaged.yaml', plainSecret);
    repository.sandbox.write('repo/unstaged.agekey', key);
    expect(runHook(repository)).toEqual({ status: 0, stderr: '' });
    repository.sandbox.git(repository.folder, 'add', '--all');
    for (const [path, contents] of Object.entries({
      'a.yaml': encrypted,
      'notes.txt': 'x\n',
      'unstaged.agekey': 'x\n',
    }))
      repository.sandbox.write(`repo/${path}`, contents);
    expect(runHook(repository).stderr.trim().split('\n')).toHaveLength(5);
  });

  test('looks at the whole repository from any folder', () => {
    const repository = staged({ 'apps/a.yaml': plainSecret, 'infrastructure/b.yaml': plainSecret });
    const { stderr } = runHook(repository, 'sh', join(repository.folder, 'apps'));
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  test('stops a commit once it is turned on, and lets a good one through', () => {
    const { sandbox, folder } = staged({ 'a.yaml': plainSecret });
    sandbox.git(folder, 'config', 'core.hooksPath', '.githooks');
    expect(() => sandbox.git(folder, 'commit', '--message=Bad')).toThrow(/plain text/);
    sandbox.write('repo/a.yaml', encrypted);
    sandbox.git(folder, 'add', '--all');
    sandbox.git(folder, 'commit', '--quiet', '--message=Good');
    expect(sandbox.git(folder, 'log', '--format=%s')).toBe('Good\nFirst');
  });

  test('works in a repository without a commit', () => {
    const { sandbox, folder } = staged({ 'a.yaml': plainSecret });
    sandbox.git(folder, 'update-ref', '-d', 'HEAD');
    expect(runHook({ sandbox, folder })).toMatchObject({ status: 1 });
  });

  test('lets nothing pass when git cannot look', () => {
    const { sandbox, folder } = staged({ 'a.yaml': gateway });
    expect(runHook({ sandbox, folder }, 'sh', '/').status).not.toBe(0);
    sandbox.write('repo/.git/index', 'no index');
    const broken = runHook({ sandbox, folder });
    expect(broken.status).not.toBe(0);
    expect(broken.stderr).toContain('could not search the index');
  });

  test('needs no more than a POSIX shell', (context) => {
    const dash = 'dash';
    if (spawnSync(dash, ['-c', ':']).error !== undefined) {
      console.warn('SKIPPED the hook under dash: dash is not installed');
      context.skip();
    }
    expect(runHook(staged({ 'a.yaml': gateway }), dash)).toEqual({ status: 0, stderr: '' });
    expect(runHook(staged({ 'a.yaml': plainSecret }), dash).status).toBe(1);
  });
});
