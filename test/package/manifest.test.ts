import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const manifest = json('package.json');
const lock = json('package-lock.json');

/** Node looks beside a package's own dependencies first, then further up. */
function isLocked(path: string, name: string): boolean {
  const places = [`${path}/`, ...[...path.matchAll(/node_modules\//g)].map(({ index }) => path.slice(0, index))];
  return places.some((place) => `${place}node_modules/${name}` in lock.packages);
}

describe('package.json', () => {
  it('has no dependency that a user would install', () => {
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('optionalDependencies');
    expect(manifest).not.toHaveProperty('peerDependencies');
  });

  it('pins every development dependency to one version', () => {
    const loose = Object.entries<string>(manifest.devDependencies).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('asks for the Node.js that bin asks for', () => {
    const [, major, minor] = /wanted = \[(\d+), (\d+)\]/.exec(readFileSync('bin/create-flux-repo.js', 'utf8')) ?? [];
    expect(manifest.engines.node).toBe(`>=${major}.${minor}`);
  });

  it('has one program under both names', () => {
    expect(new Set(Object.values(manifest.bin))).toEqual(new Set(['bin/create-flux-repo.js']));
    expect(Object.keys(manifest.bin).sort()).toEqual(['create-flux-repo', 'flux-repo']);
  });
});

describe('package-lock.json', () => {
  it('agrees with package.json and names no place to download from', () => {
    const { name, version, devDependencies, bin } = manifest;
    expect(lock.packages['']).toMatchObject({ name, version, devDependencies, bin });
    expect(Object.values<object>(lock.packages).filter((entry) => 'resolved' in entry)).toEqual([]);
  });

  it('knows each package for every platform, so that a clean install works on all of them', () => {
    const packages = Object.entries<{ optionalDependencies?: object }>(lock.packages);
    const missing = packages.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    );
    expect(missing).toEqual([]);
  });

  it('has the hash of every package', () => {
    const packages = Object.entries<{ integrity?: string }>(lock.packages).filter(([path]) => path !== '');
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
    expect(packages.length).toBeGreaterThan(50);
  });
});

describe("the project's workflow", () => {
  it('pins every action to a commit', () => {
    const uses = [...readFileSync('.github/workflows/ci.yml', 'utf8').matchAll(/uses: (\S+)/g)].map(
      ([, action]) => action,
    );
    expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[\da-f]{40}$/.test(action ?? ''))).toEqual([]);
    expect(uses.length).toBeGreaterThan(0);
  });
});
