import type { RepoPath } from '../tree/repo-path.ts';
import { type GitCall, runGit } from './run-git.ts';

/** The versions git could not merge, as ids of blobs; undefined where a side has no such file. See gitglossary(7), "unmerged index". */
export interface Stages {
  base: string | undefined;
  ours: string | undefined;
  theirs: string | undefined;
}

export type SideName = keyof Stages;

const sideOfStage: Readonly<Record<string, SideName>> = { '1': 'base', '2': 'ours', '3': 'theirs' };

/** What is unmerged in the index, below `call.cwd`, by path from there. Links and submodules are among it. */
export async function unmergedPaths(call: GitCall): Promise<Map<RepoPath, Stages>> {
  const found = new Map<RepoPath, Stages>();
  for (const line of (await runGit(['ls-files', '--unmerged', '-z'], call)).split('\0')) {
    const [, id, stage = '', path] = /^\d+ ([0-9a-f]+) ([123])\t(.+)$/s.exec(line) ?? [];
    const side = sideOfStage[stage];
    if (path === undefined || side === undefined) continue;
    const stages = found.get(path) ?? { base: undefined, ours: undefined, theirs: undefined };
    found.set(path, { ...stages, [side]: id });
  }
  return found;
}
