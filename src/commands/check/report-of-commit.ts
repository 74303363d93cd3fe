import { readRepository } from '../../check/read-repository.ts';
import { rules } from '../../check/rules.ts';
import { runRules } from '../../check/run-rules.ts';
import type { CheckReport } from '../../cli/check/check-report.ts';
import { filesOfCommit } from '../../git/merge-sides.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import type { GitCall } from '../../git/run-git.ts';
import { memoryTree } from '../../tree/overlay-tree.ts';
import { checkingTool } from './checking-tool.ts';

/** What `check` finds in a commit, whatever the work tree has. */
export async function reportOfCommit(commit: string, call: GitCall): Promise<CheckReport> {
  const ids = await filesOfCommit(commit, call);
  const blobs = await readBlobs(ids.values(), call);
  const texts = new Map(
    [...ids].flatMap(([path, id]): [string, string][] => {
      const contents = blobs.get(id);
      return typeof contents === 'string' ? [[path, contents]] : [];
    }),
  );
  const tool = checkingTool(() => 'committed');
  const repository = await readRepository(memoryTree(texts), [...texts.keys()], tool);
  return {
    problems: runRules(repository, rules),
    notBuilt: [],
    files: texts.size,
    clusters: repository.clusters.length,
    textOf: (path) => texts.get(path),
  };
}
