import type { FileEntry } from '../plan/entry.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/** Entries of one path become one file, their YAML documents one after the other. */
export function joinFiles(entries: readonly FileEntry[]): FileEntry[] {
  const joined = new Map<RepoPath, FileEntry>();
  for (const entry of entries) {
    const before = joined.get(entry.path);
    const contents = before === undefined ? entry.contents : `${before.contents}---\n${entry.contents}`;
    joined.set(entry.path, { ...(before ?? entry), contents });
  }
  return [...joined.values()];
}
