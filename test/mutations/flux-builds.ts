import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import { at, textAt } from '../support/manifest.ts';
import type { RepositoryTree } from '../support/repository-tree.ts';

/** What real kustomize makes of one Flux Kustomization: a text for each object, or why it refuses. */
export type RealBuild = { documents: readonly string[] } | { failure: string };

/** A repository on disk whose files are changed and changed back. */
export interface BuildSite {
  /** Writes what differs from what is there. */
  become(tree: RepositoryTree): void;
  /**
   * Builds as Flux does: with the kustomization that it makes where there is none, and with what `spec` adds.
   * https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml
   */
  build(path: RepoPath, spec: unknown): Promise<RealBuild>;
}

/** Names of a kustomization file. */
const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const ownFolder = '.built-by-test';

/** @param root an empty folder @param program kustomize */
export function buildSite(root: string, program: string): BuildSite {
  let present: RepositoryTree = new Map();
  /** By folder and what is added; gone when something below the same first folder changes. */
  const known = new Map<string, { parts: ReadonlySet<string>; build: Promise<RealBuild> }>();
  return {
    become(tree) {
      const changed = [...new Set([...present.keys(), ...tree.keys()])].filter(
        (path) => present.get(path) !== tree.get(path),
      );
      for (const path of changed) if (present.has(path)) remove(root, path);
      for (const path of changed) write(root, path, tree.get(path));
      const touched = new Set(changed.map(firstFolder));
      for (const [key, { parts }] of known) if ([...parts].some((part) => touched.has(part))) known.delete(key);
      present = tree;
    },
    build(path, spec) {
      const added = addedBy(spec);
      const key = JSON.stringify([path, added]);
      const found = known.get(key)?.build ?? buildLikeFlux(root, path, added, program);
      // a build that leaves its first folder is not kept
      const parts = new Set([firstFolder(path)]);
      known.set(key, { parts, build: found });
      return found;
    },
  };
}

function firstFolder(path: RepoPath): string {
  return path.split('/')[0] ?? '';
}

function write(root: string, path: RepoPath, text: string | undefined): void {
  if (text === undefined) return;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Git has no empty folders. */
function remove(root: string, path: RepoPath): void {
  rmSync(join(root, path), { force: true });
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
    if (readdirSync(join(root, folder)).length > 0) return;
    rmdirSync(join(root, folder));
  }
}

/** What `spec` of a Flux Kustomization adds to the kustomization of its folder; undefined for nothing. */
function addedBy(spec: unknown): object | undefined {
  const namespace = textAt(spec, 'targetNamespace');
  const added = {
    ...(namespace !== '' && { namespace }),
    ...Object.fromEntries(
      ['patches', 'images', 'components', 'namePrefix', 'nameSuffix'].flatMap((field) => {
        const value = at(spec, field);
        return value === undefined ? [] : [[field, value]];
      }),
    ),
  };
  return Object.keys(added).length === 0 ? undefined : added;
}

let builds = 0;

async function buildLikeFlux(
  root: string,
  path: RepoPath,
  added: object | undefined,
  program: string,
): Promise<RealBuild> {
  const folder = join(root, path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return { failure: `there is no folder ${path}` };
  const made = join(folder, 'kustomization.yaml');
  const isMissing = !hasKustomization(folder);
  if (isMissing) writeFileSync(made, JSON.stringify({ resources: manifestsBelow(folder, '') }));
  const wrapper = join(root, ownFolder, String(++builds));
  if (added !== undefined) {
    mkdirSync(wrapper, { recursive: true });
    const resources = [posix.join('../..', path)];
    writeFileSync(join(wrapper, 'kustomization.yaml'), JSON.stringify({ resources, ...added }));
  }
  const build = await run(program, added === undefined ? folder : wrapper);
  if (isMissing) rmSync(made);
  rmSync(wrapper, { recursive: true, force: true });
  return build;
}

function hasKustomization(folder: string): boolean {
  return kustomizationNames.some((name) => existsSync(join(folder, name)));
}

/** Folders with a kustomization as they are, files of all others. */
function manifestsBelow(folder: string, below: string): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = posix.join(below, entry.name);
      if (!entry.isDirectory()) return /\.ya?ml$/.test(entry.name) ? [path] : [];
      return hasKustomization(join(folder, path)) ? [path] : manifestsBelow(folder, path);
    });
}

/** The program sorts unless told not to; the library that Flux uses does not. */
function run(program: string, folder: string): Promise<RealBuild> {
  return new Promise((resolve) => {
    execFile(program, ['build', '--reorder', 'none', folder], { maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (error) resolve({ failure: stderr.trim().split('\n').at(-1) ?? 'no reason' });
      else resolve({ documents: stdout.split(/^---\n/m).filter((text) => text.trim() !== '') });
    });
  });
}
