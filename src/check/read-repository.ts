import { ExpectedError } from '../errors.ts';
import { sourceFilter } from '../graph/source-ignore.ts';
import { shareParsed } from '../kustomize/loading/parsed-files.ts';
import type { Model } from '../model/model.ts';
import { readModel } from '../model/read-model.ts';
import { repositoryLockPath } from '../plan/lock-file.ts';
import type { Problem } from '../problem.ts';
import { loadSchemas } from '../schema/load-schemas.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { textAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedRepository, CheckingTool } from './checked-repository.ts';
import { clusterFolders } from './cluster-folders.ts';
import { exposedSecrets } from './exposed-secrets.ts';
import { type PlanScope, planScope } from './plan-scope.ts';
import { sentTree } from './sent-tree.ts';
import { sharedBuilds } from './shared-builds.ts';
import { snapshotTree } from './snapshot-tree.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';
import { unreachedBuilds } from './unreached-builds.ts';
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
  const { model, modelFaults } = modelOf(tree);
  const files = sourceFiles(tree, paths);
  return await builtRepository({ tree, paths, files, model, modelFaults, tool });
}

/**
 * The same for what some changes reach and nothing else: clusters whose files they are, and Kustomizations that do not come
 * to a changed file without their objects. Whoever finds an error in it looks at the whole.
 *
 * @param present without the changes
 * @param planned with them
 * @param model as it will be
 */
export async function readAffected(
  present: Tree,
  planned: Tree,
  changed: readonly RepoPath[],
  model: Model,
): Promise<CheckedRepository> {
  const paths = changed.filter((path) => planned.kindOf(path) !== undefined).sort();
  const files = sourceFiles(planned, paths);
  const scope = planScope(present, planned, changed);
  const isReached = clustersReached(changed.filter(sourceFilter(planned)));
  return await builtRepository(
    { tree: planned, paths, files, model, modelFaults: [], tool: undefined },
    scope,
    isReached,
  );
}

async function builtRepository(
  read: Pick<CheckedRepository, 'tree' | 'paths' | 'files' | 'model' | 'modelFaults' | 'tool'>,
  scope?: PlanScope,
  isReached: (cluster: string) => boolean = () => true,
): Promise<CheckedRepository> {
  const { tree, paths, files, model } = read;
  const isSent = sourceFilter(tree);
  const { tree: watched, seen } = watchedTree(tree);
  const sent = sentTree(watched, isSent);
  shareParsed(tree, sent);
  const walking = { tree, files, builds: sharedBuilds(sent), scope };
  const folders = clusterFolders(model, paths, files).filter(({ name }) => isReached(name));
  const clusters = folders.map((found) => walkCluster(walking, found));
  const schemas = await loadSchemas(apiVersionsOf(clusters, files));
  const exposed = await exposedSecrets(tree, paths, read.tool);
  const unreached = unreachedBuilds(read, seen);
  return { ...read, built: seen, isSent, schemas, clusters, unreached, exposed };
}

/** What is in a cluster's own folder is for that cluster alone; anything else may be for all. */
function clustersReached(sent: readonly RepoPath[]): (cluster: string) => boolean {
  const owners = sent.map((path) => /^clusters\/([^/]+)\//.exec(path)?.[1]);
  return (cluster) => owners.some((owner) => owner === undefined || owner === cluster);
}

function modelOf(tree: Tree): { model: Model | undefined; modelFaults: readonly Problem[] } {
  const fault = (message: string, hint: string) => ({
    model: undefined,
    modelFaults: [{ rule: 'model/invalid', severity: 'error' as const, message, file: modelFile, hint }],
  });
  try {
    const text = tree.read(modelFile);
    if (typeof text === 'string') return { model: readModel({ text, file: modelFile }), modelFaults: [] };
    if (text !== undefined) return fault('it is no UTF-8 text', 'Save it as UTF-8 text.');
    return tree.kindOf(repositoryLockPath) === undefined
      ? { model: undefined, modelFaults: [] }
      : fault(
          'flux-repo.yaml is not there, and everything in this repository was generated from it',
          `Bring it back: git restore ${modelFile}. If its deletion was committed: git log -1 --format=%h -- ${modelFile} names that commit; then git checkout COMMIT^ -- ${modelFile}`,
        );
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return error.problems.length > 0
      ? { model: undefined, modelFaults: error.problems }
      : fault(error.message, error.hint ?? 'Correct flux-repo.yaml.');
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
