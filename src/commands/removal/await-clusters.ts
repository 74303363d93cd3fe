import type { Io } from '../../cli/io.ts';
import type { RemoveOptions } from '../../cli/remove-command.ts';
import { ExpectedError } from '../../errors.ts';
import { unpublishedPaths } from '../../git/unpublished-paths.ts';
import { refuseOtherCluster } from '../../kube/refuse-other-cluster.ts';
import { remainingObjects } from '../../kube/remaining-objects.ts';
import type { OpenRepository } from '../open-repository.ts';
import { clusterContexts } from '../secrets/cluster-contexts.ts';
import { kubectlCall } from '../secrets/kubectl-call.ts';
import { shortList } from '../secrets/readers-proposal.ts';
import { command, contextWords, listed } from '../secrets/rotation-words.ts';
import { modelPath } from '../target-folder.ts';
import type { Phase } from './removal.ts';
import type { RemovalSubject } from './removal-subject.ts';

/** What of a phase is not known to be gone. */
interface Awaited {
  /** Cluster -> Flux objects that are still there, `Kind/namespace/name`. */
  left: Map<string, readonly string[]>;
  /** Nobody has looked, and nobody vouches. */
  unseen: string[];
  vouched: string[];
}

/**
 * Waits for what the last phase took out: each cluster is looked at where a context leads there, else a person vouches.
 *
 * @returns what is to be said of it
 * @throws ExpectedError `removal-waiting` (exit 3) while something is there still, or nobody knows; as `runKubectl`
 */
export async function awaitClusters(
  io: Io,
  repository: OpenRepository,
  subject: RemovalSubject,
  options: RemoveOptions,
): Promise<string[]> {
  const { current, noun, name } = subject;
  if (current === undefined) return [];
  const clusters = subject.removal.clusters(subject.model, name);
  const contexts = clusterContexts(options.contexts, clusters);
  const { left, unseen, vouched } = await lookAt(io, { ...subject, current }, { options, clusters, contexts });
  const unpublished = await unpublishedPhase(io, repository);
  if (vouched.length > 0 && unpublished.isCertain) throw refuseWord(subject, vouched, unpublished.why);
  if (left.size === 0 && unseen.length === 0)
    return vouched.length === 0
      ? []
      : [`That ${current.takes.replace(/,.*$/, '')} is gone from ${listed(vouched)} is your word; nobody looked.`];
  const waiting = [...left.keys(), ...unseen].sort();
  const { words } = subject;
  throw new ExpectedError({
    code: 'removal-waiting',
    exitCode: 3,
    message: `the removal of ${noun} ${name} waits for ${listed(waiting)}`,
    why: [
      ...[...left].map(([cluster, objects]) => `${cluster} still has ${shortList(objects)}.`),
      ...unseen.map((cluster) => `Whether ${cluster} is rid of it is not known: no --context leads there.`),
      ...unpublished.why,
      'Nothing was written.',
    ],
    hint: `${command(...words, ...contextWords(clusters, contexts))}; where no context leads, when you have seen it: ${command(...words, ...waiting.flatMap((cluster) => ['--confirm', cluster]))}`,
  });
}

async function lookAt(
  io: Io,
  { name, removal, model, current, words }: RemovalSubject & { current: Phase },
  about: { options: RemoveOptions; clusters: readonly string[]; contexts: ReadonlyMap<string, string> },
): Promise<Awaited> {
  const { confirmed, kubeconfig } = about.options;
  const seen: Awaited = { left: new Map(), unseen: [], vouched: [] };
  const traces = removal.traces(model, name, current.phase);
  for (const cluster of about.clusters) {
    const context = about.contexts.get(cluster);
    if (confirmed.includes(cluster)) seen.vouched.push(cluster);
    else if (context === undefined) {
      const isVouched = io.interactive && (await vouches(io, cluster, current));
      seen[isVouched ? 'vouched' : 'unseen'].push(cluster);
    } else {
      const call = kubectlCall(io, { context, kubeconfig });
      await refuseOtherCluster(call, cluster, { confirmed, again: command(...words, '--confirm', cluster) });
      const left = await remainingObjects(call, traces);
      if (left.length > 0) seen.left.set(cluster, left);
    }
  }
  return seen;
}

async function vouches(io: Io, cluster: string, { takes }: Phase): Promise<boolean> {
  const { terminalPrompts } = await import('../../wizard/prompts.ts');
  const answer = await terminalPrompts(io).select(`Is it gone from ${cluster}: ${takes.replace(/,.*$/, '')}?`, [
    { value: 'no', label: 'I do not know', hint: 'look with --context, or at its Kustomizations' },
    { value: 'yes', label: 'Yes', hint: 'I have seen it' },
  ]);
  return answer === 'yes';
}

/** What clusters cannot have followed, nobody can have seen. */
function refuseWord({ noun, name, words }: RemovalSubject, vouched: readonly string[], why: readonly string[]) {
  return new ExpectedError({
    code: 'removal-waiting',
    exitCode: 3,
    message: `the removal of ${noun} ${name} waits for ${listed(vouched)}, whatever --confirm says`,
    why: [...why, 'With the next phase in one push Flux would take all of it at once, and hang. Nothing was written.'],
    hint: `git push; when the clusters are rid of it: ${command(...words, ...vouched.flatMap((cluster) => ['--confirm', cluster]))}`,
  });
}

/** Why the clusters cannot follow the phase before, as far as git can tell; `isCertain` where the branch follows another. */
async function unpublishedPhase(
  io: Io,
  { root }: OpenRepository,
): Promise<{ why: readonly string[]; isCertain: boolean }> {
  const call = { cwd: root, env: io.env, signal: io.signal };
  const { uncommitted, unpushed, isFollowed } = await unpublishedPaths([modelPath], call);
  if (uncommitted.length > 0) return { why: ['The phase before is not committed yet.'], isCertain: isFollowed };
  return unpushed.length > 0
    ? { why: ['The phase before is not pushed yet.'], isCertain: true }
    : { why: [], isCertain: false };
}
