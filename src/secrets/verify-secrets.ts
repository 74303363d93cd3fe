import type { FileProblem } from '../graph/met.ts';
import type { FluxGraph } from '../graph/reconciled-by.ts';
import { fluxGraph } from '../graph/reconciled-by.ts';
import { type DeclaredSecret, declaredSecrets } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { recipientNames } from '../model/recipient-names.ts';
import { traitOf } from '../model/secret-strategies.ts';
import { strategyOf } from '../model/settings.ts';
import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { type CheckedFile, checkSecretFile } from './check-secret-file.ts';
import { clusterHoldings, type Holding } from './cluster-holdings.ts';
import { decryptProof } from './decrypt-proof.ts';
import type { FoundIdentity } from './find-identities.ts';
import { ruleDrift } from './rule-drift.ts';
import type { SopsConfig } from './sops-config/sops-config.ts';

/** What is verified, and with which keys. */
export interface VerifyRequest {
  tree: Tree;
  model: Model;
  /** Every file of the repository whose name says that it is encrypted. */
  paths: readonly RepoPath[];
  config: SopsConfig | undefined;
  identities: readonly Pick<FoundIdentity, 'secret' | 'recipient'>[];
  /** Only this cluster, and the files that it reconciles. */
  cluster: string | undefined;
}

/** A file, and how far it was looked into. */
export interface VerifiedFile {
  path: RepoPath;
  state: CheckedFile['state'];
  /** Public halves of those who can read it, as the file says. */
  recipients: readonly string[];
}

/** A cluster, and how it was found out what it can read. */
export interface VerifiedCluster {
  name: string;
  /** Encrypted files that it reconciles. */
  files: number;
  /** `opened` with its own private keys; by `recipients`, because they are not here. */
  proof: 'opened' | 'recipients';
  ok: boolean;
}

/** The whole report. */
export interface Verification {
  files: VerifiedFile[];
  clusters: VerifiedCluster[];
  /** In the order of files and lines. */
  problems: Problem[];
}

/** Verifies a repository's encrypted files, the rules they follow, and what each cluster can read. */
export async function verifySecrets(request: VerifyRequest): Promise<Verification> {
  const { tree, model, config, identities, cluster } = request;
  const graph = fluxGraph(tree);
  const clusters = cluster === undefined ? Object.keys(model.clusters).sort() : [cluster];
  const reconciled = new Map(clusters.map((name) => [name, reconciledFiles(graph, name)]));
  const paths = cluster === undefined ? allFiles(request, reconciled) : [...(reconciled.get(cluster)?.files ?? [])];
  const names = recipientNames(model);
  const environment = cluster === undefined ? undefined : model.clusters[cluster]?.environment;
  const wanted = declaredSecrets(model).filter(
    (each) => cluster === undefined || each.cluster === cluster || each.environment === environment,
  );
  const hasFiles = traitOf(strategyOf(model)).suffix !== undefined;
  const missing = wanted.filter(({ path }) => hasFiles && tree.kindOf(path) === undefined);
  const declared = new Set(wanted.map(({ path }) => path));
  const files: VerifiedFile[] = [];
  const found: Problem[] = [];
  for (const path of paths.toSorted()) {
    const checked = await checkSecretFile({ tree, path, config, identities, names });
    files.push({ path, state: checked.state, recipients: checked.inspection?.recipients ?? [] });
    found.push(...checked.problems);
  }
  const holdings = clusterHoldings(model, new Map(identities.map(({ recipient, secret }) => [recipient, secret])));
  const proof = await decryptProof({ tree, model, clusters, holdings, graph });
  const broken = new Set(found.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  // of a file that is broken for everybody, the finding with the place is enough
  const proven = proof.filter(({ rule, path }) => rule !== 'secrets/damaged' || !broken.has(path));
  return {
    files,
    clusters: clusters.map((name) => ({
      name,
      files: reconciled.get(name)?.files.size ?? 0,
      proof: isAtHand(holdings.get(name)) ? 'opened' : 'recipients',
      ok: !proof.some((problem) => problem.cluster === name && problem.severity === 'error'),
    })),
    problems: ordered([
      ...found,
      ...(config === undefined ? [] : ruleDrift(model, config)),
      ...missing.map(missingFile),
      ...proven.map(({ cluster: _cluster, path: _path, ...problem }) => problem),
      ...[...reconciled.values()].flatMap(({ problems }) => unprovenPlaces(problems, declared)),
    ]),
  };
}

function reconciledFiles(graph: FluxGraph, cluster: string) {
  const { kustomizations, problems } = graph.reconciledBy(`clusters/${cluster}`);
  const files = kustomizations.flatMap(({ contents }) => contents.encrypted).filter((path) => /\.ya?ml$/.test(path));
  return { files: new Set(files), problems };
}

function allFiles({ paths }: VerifyRequest, reconciled: ReadonlyMap<string, { files: ReadonlySet<RepoPath> }>) {
  return [...new Set([...paths, ...[...reconciled.values()].flatMap(({ files }) => [...files])])];
}

/** Beyond what is missing nothing is proven; whether it may be missing is not for us to say. */
function unprovenPlaces(problems: readonly FileProblem[], declared: ReadonlySet<RepoPath>): Problem[] {
  return problems
    .filter(({ missing = '' }) => !declared.has(missing))
    .map(({ missing: _missing, ...problem }) => ({ ...problem, severity: 'warning' }));
}

function missingFile({ name, owner, path }: DeclaredSecret): Problem {
  const message = `flux-repo.yaml declares the Secret ${name} of ${owner.kind} ${owner.name}, but its file is not there`;
  return { rule: 'secrets/missing-file', severity: 'error', message, file: path };
}

function isAtHand(holdings: readonly Holding[] = []): boolean {
  return holdings.length > 0 && holdings.every(({ identity }) => identity !== undefined);
}

function ordered(problems: readonly Problem[]): Problem[] {
  const distinct = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...distinct.values()].sort(
    (one, other) => compare(one.file ?? '', other.file ?? '') || (one.line ?? 0) - (other.line ?? 0),
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
