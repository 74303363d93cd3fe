import * as v from 'valibot';
import { ExpectedError } from '../errors.ts';
import { faultOf, type RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { UnitId } from './entry.ts';
import { plainText } from './line-style.ts';
import { formatVersion, type RepositoryLock, repositoryLockPath, type UnitLock, unitLockPath } from './lock-file.ts';

/** Whether a text names a unit, as lock files are named. */
export const isUnitId = (name: unknown): name is UnitId =>
  typeof name === 'string' &&
  /^(repository|(cluster|environment|component|app|team|notification)-[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/.test(name);

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hex'));
const kept = v.exactOptional(v.literal(true));
const fileRecord = v.variant('ownership', [
  v.strictObject({
    ownership: v.picklist(['managed', 'seed', 'external']),
    sha256,
    executable: v.exactOptional(v.literal(true)),
    kept,
  }),
  v.strictObject({ ownership: v.literal('sealed') }),
  v.strictObject({ ownership: v.literal('block'), blocks: v.record(v.string(), v.strictObject({ sha256, kept })) }),
]);
const repoPath = v.pipe(
  v.string(),
  v.check((path) => faultOf(path) === undefined, 'is not a path inside the repository'),
);
const unitLock = v.strictObject({
  unit: v.custom<UnitId>(isUnitId, 'is not the name of a unit'),
  toolVersion: v.string(),
  part: v.unknown(),
  files: v.record(repoPath, fileRecord),
});
const repositoryLock = v.strictObject({ formatVersion: v.literal(formatVersion), toolVersion: v.string() });

/**
 * `.flux-repo/lock.json`; undefined when there is none, so when create-flux-repo never wrote here.
 * @throws ExpectedError (exit code 2) when a newer version wrote it, or when it is damaged
 */
export function readRepositoryLock(tree: Tree): RepositoryLock | undefined {
  const json = readJson(tree, repositoryLockPath);
  if (json === undefined) return undefined;
  const written = v.safeParse(v.looseObject({ formatVersion: v.number() }), json);
  if (written.success && written.output.formatVersion > formatVersion) {
    throw new ExpectedError({
      code: 'newer-format',
      exitCode: 2,
      message: 'this repository was written by a newer create-flux-repo',
      why: [
        `${repositoryLockPath} has format version ${written.output.formatVersion}; this version knows ${formatVersion}`,
      ],
      hint: 'Run the same command with npx create-flux-repo@latest.',
    });
  }
  return checked(repositoryLock, json, repositoryLockPath);
}

/** The locks of the units that have one. @throws ExpectedError (exit code 2) for a damaged one */
export function readLocks(tree: Tree, units: Iterable<UnitId> = lockedUnits(tree)): Map<UnitId, UnitLock> {
  const locks = new Map<UnitId, UnitLock>();
  for (const unit of units) {
    const path = unitLockPath(unit);
    const json = readJson(tree, path);
    if (json === undefined) continue;
    const lock = checked(unitLock, json, path);
    if (lock.unit !== unit) throw damaged(path, `it is about ${lock.unit}`);
    locks.set(unit, lock);
  }
  return locks;
}

/** The units that were applied once, by the names of their lock files, in order. */
export function lockedUnits(tree: Tree): UnitId[] {
  return tree
    .list('.flux-repo/lock')
    .filter((node) => node.kind === 'file' && node.name.endsWith('.json'))
    .map((node) => node.name.slice(0, -'.json'.length))
    .filter(isUnitId);
}

function readJson(tree: Tree, path: RepoPath): unknown {
  const contents = tree.read(path);
  if (contents === undefined) return undefined;
  if (typeof contents !== 'string') throw damaged(path, 'it is not text');
  try {
    return JSON.parse(plainText(contents));
  } catch {
    if (/^(<<<<<<<|>>>>>>>)/m.test(contents)) throw unmerged(path);
    throw damaged(path, 'it is not valid JSON');
  }
}

function checked<Schema extends v.GenericSchema>(schema: Schema, json: unknown, path: RepoPath): v.InferOutput<Schema> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  throw damaged(path, ...result.issues.map((issue) => `${v.getDotPath(issue) ?? 'it'}: ${issue.message}`));
}

function unmerged(path: RepoPath): ExpectedError {
  return new ExpectedError({
    code: 'unmerged-lock',
    exitCode: 2,
    message: `cannot read ${path}`,
    why: ['it holds the markers of a git merge conflict'],
    hint: `Resolve the merge, or bring back the version that was committed last: git restore ${path}`,
  });
}

function damaged(path: RepoPath, ...why: string[]): ExpectedError {
  return new ExpectedError({
    code: 'damaged-lock',
    exitCode: 2,
    message: `cannot read ${path}`,
    why,
    hint: `Bring back the version that was committed last: git restore ${path}`,
  });
}
