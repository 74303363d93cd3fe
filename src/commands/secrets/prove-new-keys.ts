import type { Io } from '../../cli/io.ts';
import { marksFor, paintFor } from '../../cli/marks.ts';
import type { NextStep, Outcome } from '../../cli/outcome.ts';
import { widthOfPipe } from '../../cli/wrapped.ts';
import { ExpectedError } from '../../errors.ts';
import { unpublishedPaths } from '../../git/unpublished-paths.ts';
import { type FluxGraph, fluxGraph } from '../../graph/reconciled-by.ts';
import { heldKeys } from '../../kube/held-keys.ts';
import { refuseOtherCluster } from '../../kube/refuse-other-cluster.ts';
import { clusterHoldings, type Holding } from '../../secrets/cluster-holdings.ts';
import { decryptProof } from '../../secrets/decrypt-proof.ts';
import { findIdentities } from '../../secrets/find-identities.ts';
import { nextLines } from '../create-text.ts';
import { noteProblems } from '../outcome-of-run.ts';
import { modelPath } from '../target-folder.ts';
import { kubectlCall } from './kubectl-call.ts';
import { shortList } from './readers-proposal.ts';
import type { Stage } from './rotate.ts';
import { clustersWith, command, contextWords, listed, pushStep, rotateWords } from './rotation-words.ts';

/** What came of it: notes for the next stage, or an outcome that ends the run. */
export type KeyProof = { failure: undefined; notes: readonly string[] } | (Outcome & { failure: ExpectedError });

/** Clusters by what is known of them. */
interface Seen {
  holdings: Map<string, readonly Holding[]>;
  /** Looked at; they do not hold every new key. */
  without: string[];
  /** Nobody has looked, and nobody vouches. */
  unseen: string[];
}

/** What keeps a cluster from reading; other findings of the proof are not about its keys. */
const ofReading: readonly string[] = ['secrets/cluster-cannot-read', 'secrets/damaged'];

/**
 * Proves that every cluster concerned can read all it reconciles without the old keys: with exactly the other keys that it
 * holds, read back from it, or, where a person vouches for it, with those it is to hold.
 *
 * @throws ExpectedError `proof-failed`, and as `runKubectl`
 */
export async function proveNewKeys(io: Io, stage: Stage): Promise<KeyProof> {
  const { repository, keys } = stage;
  const seen = await lookAtClusters(io, stage);
  const clusters = [...seen.holdings.keys()];
  const { model, tree } = repository;
  const graph = fluxGraph(tree);
  const problems = await decryptProof({ tree, model, clusters, holdings: seen.holdings, graph });
  const failed = problems.filter(({ rule, severity }) => severity === 'error' && ofReading.includes(rule));
  if (failed.length > 0)
    throw new ExpectedError({
      code: 'proof-failed',
      exitCode: 1,
      message: `without the old ${keys.length === 1 ? 'key' : 'keys'} not everything can be read: the rotation does not go on`,
      problems: failed.map(({ cluster: _, path: __, ...problem }) => problem),
      hint: `Nothing was changed. See who reads what: ${command('secrets', 'recipients', 'list')}`,
    });
  const notes = [...unfollowed(graph, clusters), ...(await publicationNotes(io, stage))];
  if (seen.without.length + seen.unseen.length > 0) return waiting(io, stage, seen, notes);
  const vouched = clusters.filter((cluster) => !stage.contexts.has(cluster));
  return {
    failure: undefined,
    notes: [
      ...notes,
      ...(vouched.length === 0
        ? []
        : [`That ${listed(vouched)} can read with the new key alone is your word; nobody looked.`]),
    ],
  };
}

/** Beyond these nothing is known, and so nothing is proven. */
function unfollowed(graph: FluxGraph, clusters: readonly string[]): string[] {
  const found = clusters.flatMap((cluster) => graph.reconciledBy(`clusters/${cluster}`).problems);
  const messages = [
    ...new Set(found.map(({ message, file }) => (file === undefined ? message : `${file}: ${message}`))),
  ];
  return messages.length === 0 ? [] : [`Not proven, since it could not be followed: ${shortList(messages)}.`];
}

async function lookAtClusters(io: Io, stage: Stage): Promise<Seen> {
  const { repository, keys, options, contexts } = stage;
  const { model } = repository;
  const seen: Seen = { holdings: new Map(), without: [], unseen: [] };
  const old = new Set(keys.flatMap((key) => key.old));
  const owner = { repository: model.repository.name, id: model.id };
  const found = await findIdentities({ ...io, flag: options.keysDirectory }, owner);
  const expected = clusterHoldings(
    model,
    new Map(found.identities.map(({ recipient, secret }) => [recipient, secret])),
  );
  for (const cluster of clustersWith(keys)) {
    const context = contexts.get(cluster);
    const holdings =
      context !== undefined
        ? await holdingsThere(io, stage, cluster, context)
        : options.confirmed.includes(cluster)
          ? expected.get(cluster)
          : undefined;
    if (holdings === undefined) {
      seen.unseen.push(cluster);
      continue;
    }
    const wanted = keys.filter(({ clusters }) => clusters.includes(cluster)).map(({ current }) => current);
    const holdsAll = wanted.every((each) => holdings.some(({ recipient }) => recipient === each));
    if (!holdsAll) seen.without.push(cluster);
    else
      seen.holdings.set(
        cluster,
        holdings.filter(({ recipient }) => !old.has(recipient)),
      );
  }
  return seen;
}

async function holdingsThere(io: Io, { options }: Stage, cluster: string, context: string): Promise<Holding[]> {
  const call = kubectlCall(io, { context, kubeconfig: options.kubeconfig });
  const again = command(...rotateWords(options.scope), '--context', context, '--confirm', cluster);
  await refuseOtherCluster(call, cluster, { confirmed: options.confirmed, again });
  return (await heldKeys(call)).flatMap(({ recipients = [], identities }) =>
    recipients.map((recipient, index) => ({ recipient, identity: identities[index] })),
  );
}

/** What other machines cannot have yet, as far as git can tell: the clusters still follow what is pushed. */
async function publicationNotes(io: Io, { repository }: Stage): Promise<string[]> {
  const { root, locks } = repository;
  const sealed = [...locks.values()]
    .flatMap(({ files }) => Object.keys(files))
    .filter((path) => path.endsWith('.sops.yaml'));
  const paths = [modelPath, '.sops.yaml', ...sealed];
  const { uncommitted, unpushed } = await unpublishedPaths(paths, { cwd: root, env: io.env, signal: io.signal });
  if (uncommitted.length > 0)
    return [`Stage 1 is not committed: ${shortList(uncommitted)}. The clusters do not follow it yet.`];
  return unpushed.length === 0 ? [] : ['Stage 1 is not pushed: the clusters do not follow it yet.'];
}

function waiting(io: Io, stage: Stage, { without, unseen }: Seen, notes: readonly string[]): KeyProof {
  const { contexts, options, keys } = stage;
  const clusters = clustersWith(keys);
  const nextSteps: NextStep[] = [
    pushStep([...without, ...unseen].sort(), contexts, []),
    {
      text: 'Prove that they can read everything with it, and end the rotation:',
      commands: [command(...rotateWords(options.scope), ...contextWords(clusters, contexts))],
    },
    {
      text: 'Where no context leads to a cluster from here, vouch for it when you have seen that it holds the new key:',
      commands: [command(...rotateWords(options.scope), ...clusters.flatMap((cluster) => ['--confirm', cluster]))],
    },
  ];
  const look = { paint: paintFor(io.stdout), marks: marksFor(io) };
  const text = nextLines(nextSteps, look, io.stdout.columns ?? widthOfPipe);
  return {
    changes: [],
    steps: [],
    problems: noteProblems([...stage.repository.notes, ...notes]),
    nextSteps,
    result: { waitingFor: [...without, ...unseen].sort() },
    text: `${text.join('\n')}\n`,
    failure: new ExpectedError({
      code: 'rotation-waiting',
      exitCode: 3,
      message: `the rotation waits for ${listed([...without, ...unseen].sort())}`,
      why: [
        ...without.map((cluster) => `${cluster} does not hold the new key yet.`),
        ...unseen.map((cluster) => `Whether ${cluster} holds the new key is not known: no --context leads there.`),
        ...notes,
      ],
      hint: nextSteps[0]?.commands[0] ?? '',
    }),
  };
}
