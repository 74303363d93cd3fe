import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kustomization } from '../../check/manifests.ts';
import { builtProgram } from '../../sequences/built-program.ts';
import { completeModel } from '../../support/complete-model.ts';
import { repositoryTree } from '../../support/repository-tree.ts';

/** MiB that the program may have for its objects, and in all. */
const heap = 512;
const resident = 1024;
/** After that it is killed; on an idle machine each takes a few seconds. */
const patience = 180_000;

const web = 'apps/base/web';
const tree = repositoryTree(completeModel({ apps: { web: { image: 'nginx:1.27' } } }));
const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: hostile, namespace: web}\n';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-hostile-check-')));
  for (const [path, text] of tree) write(path, text);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), contents);
}

/** A file that the app's kustomization lists. */
function listed(contents: string | Uint8Array): void {
  write(`${web}/hostile.yaml`, contents);
  const text = tree.get(`${web}/kustomization.yaml`) ?? '';
  write(`${web}/kustomization.yaml`, text.replace('resources:\n', 'resources:\n  - hostile.yaml\n'));
}

/** What is looked at of the answer. */
interface Answer {
  error: { code: string } | undefined;
  problems: { rule: string; severity: string }[];
}

/** Errors and warnings of `check` in a process with little memory: each rule once. */
async function rulesFound(): Promise<string[]> {
  const program = await builtProgram();
  const measure = 'process.on("exit",()=>process.stderr.write(`\\nMEMORY ${process.resourceUsage().maxRSS}`))';
  const { stdout, stderr, signal } = await new Promise<{ stdout: string; stderr: string; signal: unknown }>((resolve) =>
    execFile(
      process.execPath,
      [
        `--max-old-space-size=${heap}`,
        '--import',
        `data:text/javascript,${encodeURIComponent(measure)}`,
        program,
      ].concat(['check', '--json', root]),
      { timeout: patience, killSignal: 'SIGKILL', maxBuffer: 1e8 },
      (error, out, err) => resolve({ stdout: out, stderr: err, signal: error?.signal }),
    ),
  );
  const memory = Number(/MEMORY (\d+)/.exec(stderr)?.[1]) / 1024;
  expect({ signal: signal ?? undefined, stdout: stdout.slice(0, 300), stderr: stderr.slice(0, 600) }).toMatchObject({
    signal: undefined,
    stdout: expect.stringMatching(/^\{/),
  });
  expect(memory).toBeLessThan(resident);
  const { error, problems }: Answer = JSON.parse(stdout);
  expect(error?.code).not.toBe('internal');
  return [...new Set(problems.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule))].sort();
}

const laughs = Array.from({ length: 12 }, (_, level) => {
  const before = level === 0 ? '"ha"' : `*l${level - 1}`;
  return `l${level}: &l${level} [${Array(10).fill(before).join(', ')}]\n`;
}).join('');

describe('A hostile file that is built', { timeout: 2 * patience }, () => {
  test.for<[what: string, contents: string | Uint8Array, rules: string[]]>([
    ['of aliases upon aliases', object + laughs, ['yaml/syntax']],
    ['nested 10,000 deep', `${object}data: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`, ['yaml/unreadable']],
    ['nested 10,000 deep as JSON', `{"a":`.repeat(10_000), ['yaml/unreadable']],
    [
      'nested 1,500 deep by indentation',
      `${object}data:\n${Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth + 1)}a:\n`).join('')}`,
      ['yaml/unreadable'],
    ],
    ['of bytes that are no text', Uint8Array.from([0, 1, 2, 0xff, 0xfe, 0x80]), ['yaml/unreadable']],
    ['of a text that is no UTF-8', Buffer.from(`${object}data: {a: "\xe4"}\n`, 'latin1'), ['yaml/unreadable']],
    [
      'of 100,000 documents',
      Array.from({ length: 100_000 }, (_, index) => `---\n${object.replace('hostile', `h${index}`)}`).join(''),
      ['kustomize/too-large'],
    ],
    [
      'of 100,000 keys',
      `${object}data:\n${Array.from({ length: 100_000 }, (_, index) => `  key${index}: value\n`).join('')}`,
      [],
    ],
    ['of names with NUL', `${object.replace('hostile', '"a\\0b"')}data: {"k\\0": "v\\0"}\n`, ['schema/pattern']],
  ])('%s', async ([, contents, rules]) => {
    listed(contents);
    expect(await rulesFound()).toEqual(rules);
  });

  test('of 100 MB', async () => {
    listed(object);
    truncateSync(join(root, web, 'hostile.yaml'), 100 * 1024 * 1024);
    expect(await rulesFound()).toEqual(['yaml/unreadable']);
  });
});

describe('A hostile repository', { timeout: 2 * patience }, () => {
  test('whose links lead in circles', async () => {
    symlinkSync('..', join(root, web, 'up'));
    symlinkSync('self', join(root, web, 'self'));
    symlinkSync('self.yaml', join(root, web, 'self.yaml'));
    write(`${web}/kustomization.yaml`, 'resources: [up/web, self, self.yaml]\n');
    expect(await rulesFound()).toEqual(['kustomize/cycle', 'kustomize/missing-file']);
  });

  test('whose kustomizations include each other', async () => {
    write(`${web}/kustomization.yaml`, 'resources: [../other]\n');
    write('apps/base/other/kustomization.yaml', 'resources: [../web]\n');
    expect(await rulesFound()).toEqual(['kustomize/cycle']);
  });

  test('whose Kustomizations apply each other', async () => {
    write('clusters/production/one.yaml', kustomization('one', { path: './apps/loop/one' }));
    write('apps/loop/one/two.yaml', kustomization('two', { path: './apps/loop/two' }));
    write('apps/loop/two/one.yaml', kustomization('one', { path: './apps/loop/one' }));
    expect(await rulesFound()).toEqual(['graph/two-owners']);
  });

  test('whose Kustomizations apply each other 1,500 deep, each waiting for the one before', async () => {
    write('clusters/production/k0.yaml', kustomization('k0', { path: './apps/deep/0', wait: true }));
    for (let depth = 0; depth < 1500; depth++)
      write(
        `apps/deep/${depth}/next.yaml`,
        kustomization(`k${depth + 1}`, {
          path: `./apps/deep/${depth + 1}`,
          dependsOn: [{ name: `k${depth}` }],
          wait: true,
        }),
      );
    write('apps/deep/1500/end.yaml', object);
    expect(await rulesFound()).toEqual(['graph/cycle', 'order/namespace']);
  });

  test('of expressions that take exponential time, or space', async () => {
    const bomb = '(((((.+)+)+)+)+)+x';
    write(
      '.sops.yaml',
      `creation_rules:\n  - path_regex: ${bomb}\n    encrypted_regex: ((a{1000}){1000}){1000}\n    age: x\n`,
    );
    const patch = `patches:\n  - target: {kind: ConfigMap, name: "${bomb}"}\n    patch: "[]"\n`;
    listed(`${object}---\n${object.replace('hostile,', `${'a'.repeat(200)},`)}`);
    for (const file of [`${web}/kustomization.yaml`, 'clusters/production/flux-system/kustomization.yaml']) {
      const text = readFileSync(join(root, file), 'utf8');
      write(file, text.includes('patches:\n') ? text.replace('patches:\n', patch) : text + patch);
    }
    write('.sourceignore', `${'**/*'.repeat(20)}x\n${'*a'.repeat(50)}\n`);
    write(`${'a'.repeat(200)}/${'a'.repeat(200)}.yaml`, 'a: b\n');
    expect(await rulesFound()).toEqual(['kustomize/patch-selects-nothing', 'secrets/sops-config']);
  });

  test('whose variables grow', async () => {
    write(
      'clusters/production/cluster-vars.yaml',
      (tree.get('clusters/production/cluster-vars.yaml') ?? '').concat(`  big: ${'x'.repeat(1_000_000)}\n`),
    );
    listed(`${object}data: {a: "${'${big}'.repeat(5_000)}"}\n`);
    expect(await rulesFound()).toEqual(['substitution/invalid-result', 'substitution/undefined-variable']);
  });

  test('whose names have NUL in them, or are those of JavaScript', async () => {
    write(`${web}/kustomization.yaml`, 'resources: ["a\\0b.yaml"]\n__proto__: {a: b}\n');
    write('clusters/production/nul.yaml', kustomization('nul', { path: './a\0b', __proto__: 1 }));
    write('flux-repo.yaml', 'version: 1\n"na\\0me": x\n__proto__: {}\n');
    expect(await rulesFound()).toEqual(['kustomize/unknown-field', 'model/invalid', 'reference/path']);
  });

  test('whose own files are bombs', async () => {
    write('flux-repo.yaml', laughs);
    write('.sops.yaml', laughs);
    write('.flux-repo/lock.yaml', laughs);
    expect(await rulesFound()).toEqual(['model/invalid', 'secrets/sops-config', 'yaml/syntax']);
  });
});
