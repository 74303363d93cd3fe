import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackedTarball, packTarball } from './packed-tarball.ts';

const shipped = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'bin/create-flux-repo.js',
  'dist/THIRD-PARTY-LICENSES.txt',
  'dist/main.js',
  'dist/output-schema.json',
  'package.json',
];

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

let packed: PackedTarball;
beforeAll(() => {
  packed = packTarball();
});
afterAll(() => packed.remove());

/** Every file of a folder but git's own, by its bytes. */
function filesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(folder, '.git', '/')));
  return Object.fromEntries(files.map((path) => [path, readFileSync(path, 'base64')]));
}

describe('the tarball', () => {
  it('holds the program, its documents and licences, and nothing else', () => {
    const isChunk = (path: string) => /^dist\/[a-z][a-z\d.-]*\.js$/.test(path) && !shipped.includes(path);
    const others = packed.files.map(({ path }) => path).filter((path) => !isChunk(path));
    expect(others.sort()).toEqual(shipped);
  });

  it('has at most 600 kB', () => {
    console.log(`tarball: ${(packed.size / 1000).toFixed(0)} kB`);
    expect(packed.size).toBeLessThanOrEqual(600_000);
  });

  it('needs no other package', () => {
    const text = execFileSync('tar', ['-xOf', packed.tarball, 'package/package.json'], { encoding: 'utf8' });
    const manifest = JSON.parse(text);
    const wanted = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'];
    expect(Object.keys(manifest).filter((key) => wanted.includes(key))).toEqual([]);
  });

  it('names the licence of each package in it', () => {
    const text = readFileSync('dist/THIRD-PARTY-LICENSES.txt', 'utf8');
    for (const name of ['@clack/prompts', 'age-encryption', 'commander', 'execa', 'handlebars', 'valibot', 'yaml'])
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  });
});

describe('on a machine that has only Node.js and git', () => {
  it('says its version', () => {
    expect(packed.run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('creates a repository, commits it, and has nothing to do when run again', () => {
    const folder = join(packed.workFolder, 'demo');
    expect(packed.run(['demo', '--yes'])).toMatchObject({ code: 0 });
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
    expect(statSync(join(folder, 'flux-repo.yaml')).isFile()).toBe(true);
    expect(git('status', '--porcelain')).toBe('');
    const [before, head] = [filesOf(folder), git('rev-parse', 'HEAD')];

    const again = packed.run(['demo', '--yes', '--json']);
    expect(again.code).toBe(0);
    const { changes } = JSON.parse(again.stdout) as { changes: { action: string }[] };
    expect(changes.filter(({ action }) => action !== 'same')).toEqual([]);
    expect(git('rev-parse', 'HEAD')).toBe(head);
    expect(filesOf(folder)).toEqual(before);
  });

  it('encrypts a secret, and reads it again with the keys it made', () => {
    const folder = join(packed.workFolder, 'with-secrets');
    const values = join(packed.workFolder, 'password');
    writeFileSync(values, 'correct horse');
    const run = (...args: string[]) => packed.run([...args, '--directory', folder]);
    expect(packed.run(['with-secrets', '--yes'])).toMatchObject({ code: 0 });
    expect(run('add', 'app', 'web', '--image', 'nginx:1.29', '--yes')).toMatchObject({ code: 0 });
    const create = ['secrets', 'create', 'web-db', '--app', 'web', '--from-file', `password=${values}`, '--yes'];
    expect(run(...create)).toMatchObject({ code: 0 });

    const { code, stdout } = run('secrets', 'verify');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('opened with its own keys') });
  });

  it('answers to its second name too', () => {
    expect(packed.run(['--version'], 'flux-repo')).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});
