import { ExpectedError } from '../errors.ts';
import { sourceFilter } from '../graph/source-ignore.ts';
import type { Model } from '../model/model.ts';
import { readModel } from '../model/read-model.ts';
import type { Problem } from '../problem.ts';
import { loadSchemas } from '../schema/load-schemas.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { textAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedRepository, CheckingTool } from './checked-repository.ts';
import { clusterFolders } from './cluster-folders.ts';
import { exposedSecrets } from './exposed-secrets.ts';
import { sentTree } from './sent-tree.ts';
import { sharedBuilds } from './shared-builds.ts';
import { snapshotTree } from './snapshot-tree.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';
import { walkCluster } from './walk-cluster.ts';

const modelFile = 'flux-repo.yaml';

/**
 * Reads and builds all that rules look at; nothing in a file makes it fail.
 *
 * @param below what is on disk, or will be
 * @param listed the files that are the repository's: not those git ignores
 * @param tool who checks: hints name its commands, and files are compared with what it would generate
 */
export async function readRepository(
  below: Tree,
  listed: readonly RepoPath[],
  tool: CheckingTool | undefined = undefined,
): Promise<CheckedRepository> {
  const paths = listed.toSorted();
  const tree = snapshotTree(below, paths);
  const files = sourceFiles(tree, paths);
  const { model, modelFaults } = modelOf(tree);
  const isSent = sourceFilter(tree);
  const { tree: watched, seen } = watchedTree(tree);
  const builds = sharedBuilds(sentTree(watched, isSent));
  const clusters = clusterFolders(model, paths, files).map((found) => walkCluster({ tree, files, builds }, found));
  const schemas = await loadSchemas(apiVersionsOf(clusters, files));
  const exposed = await exposedSecrets(tree, paths, tool);
  return { tree, paths, files, built: seen, isSent, model, modelFaults, schemas, clusters, exposed, tool };
}

function modelOf(tree: Tree): { model: Model | undefined; modelFaults: readonly Problem[] } {
  const nothing = { model: undefined, modelFaults: [] };
  if (tree.kindOf(modelFile) !== 'file') return nothing;
  try {
    const text = tree.read(modelFile);
    return typeof text === 'string' ? { model: readModel({ text, file: modelFile }), modelFaults: [] } : nothing;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { model: undefined, modelFaults: error.problems };
  }
}

/** The same tree, which notes what is read from it. */
function watchedTree(tree: Tree): { tree: Tree; seen: ReadonlySet<RepoPath> } {
  const seen = new Set<RepoPath>();
  const read = (path: RepoPath) => {
    seen.add(path);
    return tree.read(path);
  };
  return { tree: { ...tree, read }, seen };
}

function apiVersionsOf(clusters: readonly CheckedCluster[], files: ReadonlyMap<RepoPath, SourceFile>): Set<string> {
  const found = new Set(clusters.flatMap(({ objects }) => objects.map(({ apiVersion }) => apiVersion)));
  for (const { documents } of files.values())
    for (const { value } of documents) {
      const apiVersion = textAt(value, ['apiVersion']);
      if (apiVersion !== undefined) found.add(apiVersion);
    }
  return found;
}
