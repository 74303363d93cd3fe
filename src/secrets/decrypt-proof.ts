import type { FluxKustomization } from '../graph/flux-kustomization.ts';
import { type FluxGraph, fluxGraph } from '../graph/reconciled-by.ts';
import type { Model } from '../model/model.ts';
import type { Tree } from '../tree/tree.ts';
import type { Holding } from './cluster-holdings.ts';
import { keysOf, wiringProblems } from './decryption-wiring.ts';
import { type ForeignFile, foreignFiles } from './foreign-files.ts';
import { shownAudience } from './meant-for.ts';
import type { ProofProblem } from './proof-problem.ts';
import { type ProofReader, proofReader } from './proof-reader.ts';

/** What is to be proven, and with what. */
export interface ProofRequest {
  /** What is on disk, or planned. */
  tree: Tree;
  model: Model;
  /** Those to prove; all of the model's are looked at to tell whose a file is. */
  clusters: readonly string[];
  /** Cluster -> the keys in its Secret `flux-system/sops-age`: as the model has them, or read back from the cluster. */
  holdings: ReadonlyMap<string, readonly Holding[]>;
  /** Of the tree, where the caller has it already. */
  graph?: FluxGraph;
}

/**
 * Proves that the keys of each cluster open every encrypted file it will reconcile, and no file of another environment or
 * cluster. Where private keys are at hand they are really used, alone, and the whole file is verified; else the recipients
 * that the file names must do. Also that Flux is told to decrypt where there is something to decrypt.
 *
 * Reads the tree, changes nothing. What the graph could not follow is not proven: its own `problems` say so.
 */
export async function decryptProof(request: ProofRequest): Promise<ProofProblem[]> {
  const { tree, model, clusters, holdings, graph = fluxGraph(tree) } = request;
  const reader = proofReader(tree);
  const reconciled = new Map(
    Object.keys(model.clusters).map((name) => [name, graph.reconciledBy(`clusters/${name}`).kustomizations]),
  );
  const foreign = foreignFiles(tree, model, reconciled);
  const problems: ProofProblem[] = [];
  for (const cluster of clusters) {
    const own = holdings.get(cluster) ?? [];
    for (const kustomization of reconciled.get(cluster) ?? []) {
      const keys = keysOf(model, kustomization, own);
      problems.push(...wiringProblems(cluster, kustomization, keys));
      if (kustomization.decryption !== undefined && keys !== undefined)
        problems.push(...(await unopenedFiles(reader, cluster, kustomization, keys)));
    }
    for (const file of foreign(cluster)) problems.push(...(await openedForeign(reader, cluster, file, own)));
  }
  return problems;
}

async function unopenedFiles(
  reader: ProofReader,
  cluster: string,
  { name, namespace, contents }: FluxKustomization,
  keys: readonly Holding[],
): Promise<ProofProblem[]> {
  const problems: ProofProblem[] = [];
  for (const path of contents.encrypted) {
    if (!/\.ya?ml$/.test(path)) {
      const message = 'it is encrypted in a format that is not read here: not proven';
      problems.push({ rule: 'secrets/not-proven', severity: 'warning', message, file: path, cluster, path });
      continue;
    }
    const unopened = await reader.unopened(path, keys);
    if (unopened === undefined) continue;
    const { isDamaged, reason } = unopened;
    problems.push({
      rule: isDamaged ? 'secrets/damaged' : 'secrets/cluster-cannot-read',
      severity: 'error',
      message: isDamaged
        ? `no cluster can decrypt it: ${reason}`
        : `cluster ${cluster} reconciles it (Kustomization ${name}) and cannot decrypt it: ${reason}`,
      file: path,
      object: `Kustomization/${namespace}/${name}`,
      cluster,
      path,
    });
  }
  return problems;
}

async function openedForeign(
  reader: ProofReader,
  cluster: string,
  { path, audience }: ForeignFile,
  keys: readonly Holding[],
): Promise<ProofProblem[]> {
  if (!(await reader.isOpen(path, keys))) return [];
  return [
    {
      rule: 'secrets/cluster-can-read',
      severity: 'error',
      message: `cluster ${cluster} can decrypt it, though it is only for ${shownAudience(audience)}`,
      file: path,
      cluster,
      path,
    },
  ];
}
