import type { RepoPath } from '../../tree/repo-path.ts';
import { buildProblems } from '../build-problems.ts';
import type { CheckedRepository } from '../checked-repository.ts';
import type { Finding, Rule } from '../rule.ts';

export const referenceSourceIgnore: Rule = {
  id: 'reference/source-ignore',
  severity: 'error',
  why: 'Flux does not get what .sourceignore or its own exclusions leave out, so the build fails in the cluster only.',
  fix: 'Let .sourceignore include the file, or move it.',
  *find(repository): Generator<Finding> {
    yield* hiddenFolders(repository);
    for (const { file, line, hidden } of buildProblems(repository))
      if (hidden?.because === 'not-sent')
        yield {
          message: `${hidden.path} is here, but Flux does not get it: .sourceignore or its own exclusions leave it out`,
          at: { file, ...(line !== undefined && { line }) },
          key: hidden.path,
        };
  },
};

/** Folders of Kustomizations of which Flux gets no file: in what it fetches they are not there. */
function* hiddenFolders(repository: CheckedRepository): Generator<Finding> {
  const known = new Map<RepoPath, boolean>();
  for (const { name: cluster, kustomizations } of repository.clusters)
    for (const { object, path } of kustomizations) {
      if (object === undefined || path === undefined || path === '') continue;
      const hidden = known.get(path) ?? hasOnlyHidden(repository, path);
      known.set(path, hidden);
      if (hidden)
        yield {
          message: `Flux gets nothing of ${path}, which Kustomization ${object.name} reconciles: .sourceignore leaves it out`,
          at: object.placeOf(['spec', 'path']),
          object: object.id,
          key: path,
          cluster,
        };
    }
}

/** Whether there are files below a folder, and Flux gets none of them. */
function hasOnlyHidden({ tree, isSent }: CheckedRepository, folder: RepoPath): boolean {
  const waiting = [folder];
  let hidden = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const { name, kind } of tree.list(next)) {
      const path = `${next}/${name}`;
      if (kind === 'folder') waiting.push(path);
      else if (kind !== 'file' || isSent(path)) return false;
      else hidden += 1;
    }
  return hidden > 0;
}
