import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FakeSystem } from '../support/fake-system.ts';
import { outputDocument } from '../support/output-schema.ts';
import { filesBelow, runMain, testSystem } from '../support/run-main.ts';

interface Case {
  /** What a person did. */
  name: string;
  argv: string[];
  /** What is there before. */
  given?: (system: FakeSystem) => void;
  stdin?: string;
  /** All of it is told. */
  told: string[];
  hint?: string;
}

const config = (text: string) => (system: FakeSystem) => writeFileSync(join(system.cwd, 'answers.yaml'), text);
const withAnswers = ['demo', '--yes', '--config', 'answers.yaml'];

const cases: Case[] = [
  { name: 'no folder', argv: ['--yes'], told: ['[dir] is missing'], hint: 'fleet --yes' },
  {
    name: 'nothing said and nobody to ask',
    argv: ['demo'],
    told: [
      'nobody can be asked',
      '--provider',
      '--layout',
      '--cluster',
      '--component',
      '--app',
      '--secrets',
      '--key-scope',
    ],
    hint: 'demo --provider none --layout standard --cluster production --cluster staging',
  },
  {
    name: 'everything said, but not that it may be applied',
    argv: 'demo --provider none --layout standard --cluster a --component none --app web --notify none --secrets sops --key-scope cluster'.split(
      ' ',
    ),
    told: ['cannot ask whether to apply this'],
    hint: '--yes',
  },
  {
    name: 'a provider without its owner',
    argv: ['demo', '--yes', '--provider', 'github'],
    told: ['--owner is missing'],
    hint: 'demo --provider github --owner acme --yes',
  },
  {
    name: 'gitea without owner and server',
    argv: ['demo', '--yes', '--provider', 'gitea'],
    told: ['--owner is missing', '--host is missing'],
  },
  {
    name: 'a layout that never was',
    argv: ['demo', '--yes', '--layout', 'nope'],
    told: ['--layout must be one of standard, multi-tenant, fleet'],
  },
  {
    name: 'a scope of keys without keys',
    argv: ['demo', '--yes', '--secrets', 'none', '--key-scope', 'environment'],
    told: ['--key-scope has no meaning here'],
  },
  {
    name: 'an unknown provider',
    argv: ['demo', '--yes', '--provider', 'githup'],
    told: ['--provider must be one of', 'did you mean "github"?'],
  },
  {
    name: 'a secret strategy without the component that carries it out',
    argv: ['demo', '--yes', '--component', 'none', '--secrets', 'sealed-secrets'],
    told: ['--secrets "sealed-secrets" needs component "sealed-secrets", and there shall be none'],
  },
  {
    name: 'a cluster name with a capital letter',
    argv: ['demo', '--yes', '--cluster', 'Prod'],
    told: ['"P" is not allowed', 'try "prod"'],
  },
  {
    name: 'an environment that is no label',
    argv: ['demo', '--yes', '--cluster', 'a:b_c'],
    told: ['--cluster "a": environment "b_c": "_" is not allowed', 'try "b-c"'],
  },
  {
    name: 'a cluster of an environment of something',
    argv: ['demo', '--yes', '--cluster', 'a:b:c'],
    told: ['"a:b:c": what is ":c" after environment "b"?'],
  },
  {
    name: 'a cluster given twice',
    argv: ['demo', '--yes', '--cluster', 'a', '--cluster', 'a:b'],
    told: ['"a" is given twice'],
  },
  {
    name: 'a variable without a value',
    argv: ['demo', '--yes', '--cluster', 'a,region'],
    told: ['"region" has no value'],
  },
  {
    name: 'a variable that Flux could not substitute',
    argv: ['demo', '--yes', '--cluster', 'a,my-region=x'],
    told: ['"my-region" is no variable name'],
  },
  { name: 'a variable of ours', argv: ['demo', '--yes', '--cluster', 'a,cluster_name=x'], told: ['cluster_name'] },
  {
    name: 'an unknown key of an app',
    argv: ['demo', '--yes', '--app', 'web,imge=nginx'],
    told: ['unknown key "imge", did you mean "image"?'],
  },
  {
    name: 'an image that is none',
    argv: ['demo', '--yes', '--app', 'web,image=not an image'],
    told: ['--app "web": image "not an image" must be an image'],
  },
  {
    name: 'a namespace that is none, of one of two apps',
    argv: ['demo', '--yes', '--app', 'web', '--app', 'api,namespace=A'],
    told: ['--app "api": namespace "A": "A" is not allowed'],
  },
  {
    name: 'no app, and one',
    argv: ['demo', '--yes', '--app', 'none', '--app', 'web'],
    told: ['"none" does not go with other apps'],
  },
  {
    name: 'an app called none',
    argv: ['demo', '--yes', '--app', 'none,image=nginx:1.27'],
    told: ['"none" says that there is no app'],
  },
  {
    name: 'an app named as a component',
    argv: ['demo', '--yes', '--app', 'cert-manager'],
    told: ['taken by component "cert-manager"'],
  },
  {
    name: 'an app named as the config part of a component',
    argv: ['demo', '--yes', '--app', 'cert-manager-config'],
    told: ['cert-manager-config'],
  },
  {
    name: 'an app in the namespace of a component',
    argv: ['demo', '--yes', '--app', 'web,namespace=cert-manager'],
    told: ['namespace "cert-manager"'],
  },
  {
    name: 'a reserved name',
    argv: ['demo', '--yes', '--app', 'infrastructure', '--app', 'kube-x', '--app', 'tenant-a'],
    told: ['"infrastructure" is reserved', '"kube-x" is reserved', '"tenant-"'],
  },
  { name: 'a name that is too long', argv: ['demo', '--yes', '--app', 'a'.repeat(64)], told: ['64 characters'] },
  {
    name: 'an unknown component',
    argv: ['demo', '--yes', '--component', 'cert-manger'],
    told: ['did you mean "cert-manager"?'],
  },
  {
    name: 'a component without what it needs',
    argv: ['demo', '--yes', '--component', 'envoy-gateway'],
    told: ['"envoy-gateway" needs "gateway-api" as well'],
  },
  {
    name: 'no component, and one',
    argv: ['demo', '--yes', '--component', 'none', '--component', 'cert-manager'],
    told: ['"none" does not go with'],
  },
  {
    name: 'one answer given twice',
    argv: ['demo', '--yes', '--owner', 'a', '--owner', 'b'],
    told: ['--owner is given twice'],
  },
  {
    name: 'a server that would see a token in the clear',
    argv: ['demo', '--yes', '--provider', 'gitea', '--owner', 'a', '--host', 'http://git.example.com'],
    told: ['must begin with https://'],
  },
  {
    name: 'a password in the server',
    argv: ['demo', '--yes', '--provider', 'gitea', '--owner', 'a', '--host', 'https://a:hunter2@git.example.com'],
    told: ['must not hold a user name'],
  },
  { name: 'a branch git does not take', argv: ['demo', '--yes', '--branch', 'a..b'], told: ['a..b'] },
  {
    name: 'a folder whose name is no repository name',
    argv: ['my repo', '--yes'],
    told: [`the folder's name "my repo" cannot be the repository's name`, 'add --repository NAME'],
  },
  {
    name: 'several things at once',
    argv: ['demo', '--yes', '--provider', 'github', '--cluster', 'A', '--component', 'nope', '--app', 'web,x=y'],
    told: ['--owner is missing', '"A" is not allowed', '"nope" is no component', 'unknown key "x"'],
  },
  {
    name: 'keys inside the repository',
    argv: ['demo', '--yes', '--keys-dir', 'demo/keys'],
    told: ["inside the repository's own folder"],
  },
  {
    name: 'keys inside a work tree',
    argv: ['demo', '--yes', '--keys-dir', 'other/keys'],
    given: (system) => execFileSync('git', ['init', '--quiet', join(system.cwd, 'other')], { env: system.env }),
    told: ['inside a git work tree'],
  },
  {
    name: 'a folder in another repository',
    argv: ['other/demo', '--yes'],
    given: (system) => execFileSync('git', ['init', '--quiet', join(system.cwd, 'other')], { env: system.env }),
    told: ['inside another git repository'],
  },
  {
    name: 'a folder with other things in it',
    argv: ['demo', '--yes'],
    given: (system) => {
      mkdirSync(join(system.cwd, 'demo'));
      for (let number = 1; number <= 12; number++) writeFileSync(join(system.cwd, 'demo', `file-${number}`), '');
      writeFileSync(join(system.cwd, 'demo', 'README.md'), '');
    },
    told: ['the folder demo is not empty', 'file-1', 'file-12', 'and 2 more', 'Nothing was touched'],
    hint: 'demo-flux',
  },
  {
    name: 'the folder one is in, with other things in it',
    argv: ['.', '--yes'],
    given: (system) => writeFileSync(join(system.cwd, 'file'), ''),
    told: ['the folder . is not empty'],
    hint: ' ./fleet\n',
  },
  {
    name: 'the repository one is in, with other things in it',
    argv: ['.', '--yes', '-C', 'other'],
    given: (system) => {
      execFileSync('git', ['init', '--quiet', join(system.cwd, 'other')], { env: system.env });
      writeFileSync(join(system.cwd, 'other', 'file'), '');
    },
    told: ['the folder . is not empty'],
    hint: ' ../fleet\n',
  },
  {
    name: 'a full folder within the repository one is in',
    argv: ['demo', '--yes', '-C', 'other'],
    given: (system) => {
      execFileSync('git', ['init', '--quiet', join(system.cwd, 'other')], { env: system.env });
      mkdirSync(join(system.cwd, 'other/demo'));
      writeFileSync(join(system.cwd, 'other/demo/file'), '');
    },
    told: ['the folder demo is not empty'],
    hint: ' ../demo-flux\n',
  },
  {
    name: 'a folder with other things in it, and wrong answers',
    argv: ['demo', '--yes', '--cluster', 'A'],
    given: (system) => {
      mkdirSync(join(system.cwd, 'demo'));
      writeFileSync(join(system.cwd, 'demo', 'file'), '');
    },
    told: ['the folder demo is not empty', '"A" is not allowed'],
  },
  {
    name: "somebody else's flux-repo.yaml",
    argv: ['demo', '--yes'],
    given: (system) => {
      mkdirSync(join(system.cwd, 'demo'));
      writeFileSync(
        join(system.cwd, 'demo', 'flux-repo.yaml'),
        'version: 1\nid: abababab\nrepository:\n  name: x\nclusters:\n  a:\n    environment: a\nenvironments:\n  a: {}\n',
      );
    },
    told: ['that create-flux-repo did not write'],
  },
  {
    name: 'a file',
    argv: ['demo', '--yes'],
    given: (system) => writeFileSync(join(system.cwd, 'demo'), ''),
    told: ['demo is a file'],
  },
  {
    name: 'a folder below a file',
    argv: ['file/demo', '--yes'],
    given: (system) => writeFileSync(join(system.cwd, 'file'), ''),
    told: ['file/demo cannot be used'],
  },
  {
    name: 'a symbolic link',
    argv: ['demo', '--yes'],
    given: (system) => symlinkSync('elsewhere', join(system.cwd, 'demo')),
    told: ['demo is a symbolic link'],
  },
  { name: 'an empty folder name', argv: ['', '--yes'], told: ['a folder is needed'] },
  { name: '-C to nowhere', argv: ['demo', '--yes', '-C', 'nowhere'], told: ['--directory nowhere is no folder'] },
  {
    name: 'a file of answers that is not there',
    argv: withAnswers,
    told: ['cannot read the answers in answers.yaml', 'does not exist'],
  },
  { name: 'a folder as answers', argv: ['demo', '--yes', '--config', '.'], told: ['cannot read the answers'] },
  {
    name: 'answers that are no YAML',
    argv: withAnswers,
    given: config('layout: [standard\n'),
    told: ['answers.yaml:'],
  },
  {
    name: 'an unknown key in the answers',
    argv: withAnswers,
    given: config('layout: standard\nclusers:\n  a: {}\n'),
    told: ['answers.yaml:2:1', 'did you mean "clusters"?'],
  },
  {
    name: 'a wrong type in the answers',
    argv: withAnswers,
    given: config('clusters:\n  a:\n    environment: 7\n'),
    told: ['answers.yaml:3:5', 'must be text'],
  },
  {
    name: 'answers of a newer version',
    argv: withAnswers,
    given: config('version: 2\nnew: 1\n'),
    told: ['answers.yaml:1:1', 'newer'],
    hint: '@latest',
  },
  {
    name: 'an empty file of answers',
    argv: withAnswers,
    given: config(''),
    told: ['the file of answers answers.yaml is empty'],
    hint: 'leave out --config answers.yaml',
  },
  {
    name: 'a file of answers with a comment alone',
    argv: withAnswers,
    given: config('\n# layout: standard\n\n'),
    told: ['the file of answers answers.yaml is empty'],
  },
  {
    name: 'nothing on stdin',
    argv: ['demo', '--yes', '--config', '-'],
    stdin: '',
    told: ['stdin holds no answers: it is empty'],
  },
  {
    name: 'an environment in the answers that they do not list',
    argv: withAnswers,
    given: config('environments:\n  a: {}\nclusters:\n  b:\n    environment: c\n'),
    told: ['answers.yaml:5:5 clusters.b.environment: environment "c" does not exist'],
    hint: 'Add "c: {}" under environments',
  },
  {
    name: 'apps in the answers that wait for nothing known, are made of nothing, and of two things',
    argv: withAnswers,
    given: config(
      'apps:\n  a:\n    image: nginx:1\n    dependsOn: [b, nope]\n  b:\n    namespace: x\n  c:\n    image: nginx:1\n    chart: {url: "oci://x/y", version: "1"}\n',
    ),
    told: [
      'answers.yaml:4:20 apps.a.dependsOn[1]: "nope" is no app',
      'answers.yaml:5:3 apps.b: needs an image or a chart',
      'answers.yaml:7:3 apps.c: has an image and a chart',
    ],
    hint: 'correct answers.yaml and run the command again',
  },
  {
    name: 'a contradiction in the answers on stdin',
    argv: ['demo', '--yes', '--config', '-'],
    stdin: 'components: {}\napps:\n  kube-x:\n    image: nginx:1\n',
    told: ['stdin:3:3 apps.kube-x: "kube-x" is reserved'],
  },
  {
    name: 'a team in the answers whose repository is reached without encryption',
    argv: withAnswers,
    given: config('teams:\n  a:\n    source: http://git.example.com/a\n'),
    told: ['answers.yaml:3:5 teams.a.source: is not encrypted on its way: use https:// or ssh://'],
  },
  {
    name: 'a duplicate key in the answers',
    argv: withAnswers,
    given: config('layout: standard\nlayout: fleet\n'),
    told: ['answers.yaml:2:1'],
  },
  {
    name: 'wrong answers on stdin',
    argv: ['demo', '--yes', '--config', '-'],
    stdin: 'layuot: x\n',
    told: ['stdin:1:1', 'did you mean "layout"?'],
  },
  {
    name: 'answers on stdin that leave something open',
    argv: ['demo', '--config', '-'],
    stdin: 'layout: standard\n',
    told: ['nobody can be asked', '--provider is missing'],
  },
  {
    name: 'an unknown flag',
    argv: ['demo', '--clutser', 'a'],
    told: ["unknown option '--clutser'"],
    hint: '--cluster',
  },
  { name: 'a command of a later version', argv: ['status'], told: ['"status" is a command'], hint: './status' },
  { name: 'a flag after --', argv: ['demo', '--', '--yes'], told: ['"--yes" stands after "--"'], hint: './--yes' },
  { name: 'a mistyped command', argv: ['creat', '--yes'], told: ['did you mean "create"?'], hint: './creat' },
];

test.each(cases)('$name: exit 2, told, nothing written', async ({ argv, given, stdin, told, hint }) => {
  const system = testSystem();
  given?.(system);
  const before = [filesBelow(system.cwd), filesBelow(system.home)];
  system.stdin.end(stdin ?? '');
  const { code, out, err } = await runMain(system, argv);
  expect(code).toBe(2);
  expect(out).toBe('');
  for (const text of told) expect(err).toContain(text);
  expect(err).toMatch(/^✗ /);
  expect(err).toContain('\n  Try: ');
  if (hint !== undefined) expect(err.slice(err.indexOf('Try: '))).toContain(hint);
  expect(err).not.toContain('hunter2');
  expect(err).not.toContain('    at ');
  expect([filesBelow(system.cwd), filesBelow(system.home)]).toEqual(before);
});

test.each(cases)('$name: the same as one JSON document', async ({ argv, given, stdin }) => {
  const system = testSystem();
  given?.(system);
  system.stdin.end(stdin ?? '');
  const { code, out } = await runMain(system, [...argv, '--json']);
  expect(code).toBe(2);
  const document = outputDocument(out);
  expect(document).toMatchObject({ command: 'create', ok: false, changes: [], steps: [] });
  for (const { message } of [...document.problems, document.error ?? { message: '/' }])
    expect(message).not.toContain(system.cwd);
});

test('an escape sequence in a flag is shown, not obeyed', async () => {
  const { code, err } = await runMain(testSystem(), ['demo', '--yes', '--cluster', 'a\u001b[2Jb', '--owner', '\u0007']);
  expect(code).toBe(2);
  expect(err.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('--verbose shows where an explained failure arose', async () => {
  const { err } = await runMain(testSystem(), ['demo', '--yes', '--cluster', 'A', '--verbose']);
  expect(err).toMatch(/^ {4}at /m);
});

test('what a flag says is not looked for in the file', async () => {
  const system = testSystem();
  config('environments:\n  a: {}\nclusters:\n  b:\n    environment: a\n')(system);
  const { code, err } = await runMain(system, [...withAnswers, '--cluster', 'b:c']);
  expect(code).toBe(2);
  expect(err).toContain('\n  clusters.b.environment: environment "c" does not exist');
});
