import { faultOf, foldersAbove, type RepoPath } from '../tree/repo-path.ts';
import type { UnitEntries, UnitId } from './entry.ts';

/** Where `.flux-repo/` keeps what only the planner writes. */
const bookkeeping = /^\.flux-repo\/(lock|base|\.)/;

/**
 * Generators must agree with each other: one owner per file, no path outside the repository or in our bookkeeping,
 * none that differs from another only in case (on macOS and Windows it is the same file), no file that is a folder.
 * @throws Error, because each of these is our bug: names were validated with the model
 */
export function refuseCollisions(units: readonly UnitEntries[]): void {
  const owners: Owners = new Map();
  const spellings = new Map<string, RepoPath>();
  const folders = new Set<RepoPath>();
  for (const { unit, entries } of units) {
    for (const entry of entries) {
      const fault = bookkeeping.test(entry.path) ? 'it is our bookkeeping' : faultOf(entry.path);
      if (fault !== undefined) throw new Error(`${unit} wants to write ${JSON.stringify(entry.path)}: ${fault}`);
      claim(owners, entry.path, entry.kind === 'block' ? entry.id : wholeFile, unit);
      for (const folder of foldersAbove(entry.path)) folders.add(folder);
      for (const path of [entry.path, ...foldersAbove(entry.path)]) spellOnce(spellings, path, unit);
    }
  }
  for (const { unit, entries } of units) {
    const file = entries.find((entry) => folders.has(entry.path));
    if (file !== undefined)
      throw new Error(`${unit} wants ${file.path} as a file, and something else wants it as a folder`);
  }
}

/** Path -> block id -> unit; a whole file has one entry, under `wholeFile`. */
type Owners = Map<RepoPath, Map<string, UnitId>>;

const wholeFile = '';

function claim(owners: Owners, path: RepoPath, part: string, unit: UnitId): void {
  const parts = owners.get(path) ?? new Map<string, UnitId>();
  const taken = part === wholeFile ? [...parts.values()][0] : (parts.get(part) ?? parts.get(wholeFile));
  if (taken !== undefined) throw new Error(`${taken} and ${unit} both want to write ${path}`);
  owners.set(path, parts.set(part, unit));
}

function spellOnce(spellings: Map<string, RepoPath>, path: RepoPath, unit: UnitId): void {
  const known = spellings.get(path.toLowerCase());
  if (known !== undefined && known !== path)
    throw new Error(`${unit} wants ${path}, which differs from ${known} only in case`);
  spellings.set(path.toLowerCase(), path);
}
