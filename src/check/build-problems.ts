import type { Build } from '../kustomize/build-kustomization.ts';
import { declaredSecrets } from '../model/declared-secrets.ts';
import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { CheckedCluster, CheckedRepository } from './checked-repository.ts';

/** What a build says, with the reason that the repository knows and the build does not. */
export interface BuildProblem extends Problem {
  file: RepoPath;
  /** The file that is not there for the build, although… */
  hidden?: { path: RepoPath; because: 'not-sent' | 'not-created' };
  /** No cluster comes to it. */
  isUnreached?: true;
}

const known = new WeakMap<CheckedRepository, readonly BuildProblem[]>();

/** The problems of all builds, each once: without those that the rules of YAML tell already, with a better place. */
export function buildProblems(repository: CheckedRepository): readonly BuildProblem[] {
  const problems = known.get(repository) ?? [...collected(repository)];
  known.set(repository, problems);
  return problems;
}

function* collected(repository: CheckedRepository): Generator<BuildProblem> {
  const { tree, files, model, isSent } = repository;
  const declared = new Set((model === undefined ? [] : declaredSecrets(model)).map(({ path }) => path));
  const told = new Set<string>();
  for (const problem of allProblems(repository)) {
    const { isUnreached, ...said } = problem;
    const key = JSON.stringify(said);
    if (told.has(key)) continue;
    told.add(key);
    const { file } = problem;
    if (/\/(yaml|unreadable)$/.test(problem.rule) && (files.get(file)?.faults.length ?? 0) > 0) continue;
    const path = /^(.+) does not exist$/.exec(problem.message)?.[1];
    if (path !== undefined && tree.kindOf(path) !== undefined && !isSent(path))
      yield { ...problem, hidden: { path, because: 'not-sent' } };
    else if (path !== undefined && declared.has(path)) yield { ...problem, hidden: { path, because: 'not-created' } };
    else yield problem;
  }
}

function* allProblems({ clusters, unreached }: CheckedRepository): Generator<BuildProblem> {
  for (const cluster of clusters)
    for (const { build } of cluster.kustomizations)
      for (const problem of build?.problems ?? [])
        if (!isBeforeBootstrap(problem, cluster) && !(build && isConsequence(build, problem)))
          yield { ...problem, file: problem.file ?? cluster.folder };
  for (const build of unreached)
    for (const problem of build.problems)
      if (problem.severity === 'error' && !isConsequence(build, problem))
        yield { ...problem, file: problem.file ?? '.', isUnreached: true };
}

/** Problems of a patch, a replacement or a name, which may come of objects that the build lacks. */
const consequences = /\/(ambiguous-reference|json-patch|no-target|patch-selects-nothing|replacement)$/;

/** What takes no object away beside them. */
const harmless = /\/(selector|sort-order)$/;

/**
 * Whether a problem can be that of another one, by which the build lacks objects or a patch: what it says is only known
 * once that is put right. The same holds where a part comes from elsewhere.
 */
function isConsequence({ problems, notBuilt }: Build, { rule }: Problem): boolean {
  if (!consequences.test(rule)) return false;
  const hasCause = problems.some(
    (other) => other.severity === 'error' && !consequences.test(other.rule) && !harmless.test(other.rule),
  );
  return hasCause || (notBuilt.length > 0 && rule.endsWith('/patch-selects-nothing'));
}

/** Our patches of Flux' own objects select nothing as long as gotk-components.yaml and gotk-sync.yaml are empty. */
function isBeforeBootstrap({ rule, file }: Problem, { folder, kustomizations }: CheckedCluster): boolean {
  const isPatch = rule.endsWith('/patch-selects-nothing') && file?.startsWith(`${folder}/flux-system/`) === true;
  return isPatch && kustomizations[0]?.object === undefined;
}
