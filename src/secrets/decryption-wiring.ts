import type { FluxKustomization } from '../graph/flux-kustomization.ts';
import { isSealedName } from '../graph/sealed-name.ts';
import type { Model } from '../model/model.ts';
import { type Holding, held } from './cluster-holdings.ts';
import { kustomizationProblem, type ProofProblem } from './proof-problem.ts';

/** The Secret with a cluster's keys; a team has its own, beside its Kustomization. */
const clusterKeys = 'sops-age';
/** The only namespace that has it: a cluster's key never enters a team's. */
const fluxNamespace = 'flux-system';
const teamKeys = /^sops-age-(.+)$/;

/**
 * The keys a Kustomization decrypts with.
 *
 * @param own those of the cluster
 * @returns undefined when its Secret is none of those we know
 */
export function keysOf(
  model: Model,
  { decryption, namespace }: FluxKustomization,
  own: readonly Holding[],
): readonly Holding[] | undefined {
  const name = decryption?.secretName ?? clusterKeys;
  if (name === clusterKeys && (namespace === fluxNamespace || decryption?.secretName === undefined)) return own;
  const team = teamKeys.exec(name)?.[1];
  const recipients = team === undefined ? undefined : model.teams[team]?.recipients;
  return recipients?.map((recipient) => held(recipient, new Map()));
}

/**
 * What is wrong with `spec.decryption`. A Kustomization that has it fails without the key, whether or not there is anything
 * to decrypt; without it Flux fails on `data`, and applies the ciphertext of `stringData` as if that were the value.
 */
export function wiringProblems(
  cluster: string,
  kustomization: FluxKustomization,
  keys: readonly Holding[] | undefined,
): ProofProblem[] {
  const { name, contents, decryption, outside, path: folder } = kustomization;
  const about = (rule: string, severity: 'error' | 'warning', message: string, path?: string) =>
    kustomizationProblem(cluster, kustomization, { rule, severity, message, ...(path !== undefined && { path }) });
  const [first] = contents.encrypted;
  if (decryption === undefined)
    return contents.encrypted.map((path) =>
      about(
        'secrets/no-decryption',
        'error',
        `Kustomization ${name} reconciles ${path}, but has no spec.decryption: its ciphertext would be applied as it is`,
        path,
      ),
    );
  // what another repository holds, or a folder that is not there, nobody can tell here; and a file that is yet to be made is told as that
  if (outside !== undefined || folder === undefined) return [];
  if (first === undefined && contents.problems.some(({ missing }) => missing !== undefined && isSealedName(missing)))
    return [];
  if (first === undefined)
    return [
      about(
        'secrets/needless-decryption',
        'warning',
        `Kustomization ${name} has spec.decryption and nothing to decrypt: it fails where the key is missing`,
      ),
    ];
  if (decryption.provider !== 'sops' || keys === undefined)
    return [
      about(
        'secrets/unknown-key',
        'warning',
        `Kustomization ${name} decrypts with ${decryption.secretName ?? decryption.provider}, whose keys flux-repo.yaml does not have: not proven`,
        first,
      ),
    ];
  return [];
}
