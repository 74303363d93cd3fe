import { ExpectedError } from '../errors.ts';
import { type KubectlCall, runKubectl } from './run-kubectl.ts';

/** A commit that Flux has applied, and the Kustomizations that are at it. */
export interface AppliedCommit {
  /** 40 hex digits. */
  commit: string;
  kustomizations: readonly string[];
}

/** `revision` is `main@sha1:<commit>`: https://fluxcd.io/flux/components/kustomize/kustomizations/#last-applied-revision */
const output = '--output=jsonpath={range .items[*]}{.metadata.name} {.status.lastAppliedRevision}{"\\n"}{end}';

/**
 * The commits that the cluster's Kustomizations in `flux-system` have applied last; none before Flux is there.
 *
 * @throws as `runKubectl`
 */
export async function appliedCommits(call: KubectlCall): Promise<AppliedCommit[]> {
  const kind = 'kustomizations.kustomize.toolkit.fluxcd.io';
  const lines = await runKubectl(['get', '--namespace=flux-system', kind, output], call).catch((error: unknown) => {
    if (error instanceof ExpectedError && error.code === 'kubectl-no-kind') return '';
    throw error;
  });
  const commits = new Map<string, string[]>();
  for (const line of lines.split('\n')) {
    const [, name, commit] = /^(\S+) \S*sha1:([0-9a-f]{40})$/.exec(line) ?? [];
    if (name !== undefined && commit !== undefined) commits.set(commit, [...(commits.get(commit) ?? []), name]);
  }
  return [...commits].map(([commit, kustomizations]) => ({ commit, kustomizations }));
}
