import type { Io } from '../../cli/io.ts';
import { marksFor, paintFor } from '../../cli/marks.ts';
import type { NextStep, Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { PushKeyOptions } from '../../cli/secrets/push-key-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { widthOfPipe } from '../../cli/wrapped.ts';
import { ExpectedError } from '../../errors.ts';
import { appliedCommits } from '../../kube/applied-commits.ts';
import { type HeldKey, heldKeys } from '../../kube/held-keys.ts';
import { type EntryPlan, planKeyEntries } from '../../kube/plan-key-entries.ts';
import { refuseOtherCluster } from '../../kube/refuse-other-cluster.ts';
import type { KubectlCall } from '../../kube/run-kubectl.ts';
import type { Model } from '../../model/model.ts';
import type { Problem } from '../../problem.ts';
import { findIdentities } from '../../secrets/find-identities.ts';
import { type ClusterEntry, isEntryOf, rotationsOf, wantedOf } from '../../secrets/rotation/wanted-keys.ts';
import type { Secret } from '../../secrets/secret.ts';
import { nextLines } from '../create-text.ts';
import { openRepository } from '../open-repository.ts';
import { noteProblems } from '../outcome-of-run.ts';
import { lookAtSteps, runSteps } from '../run-steps.ts';
import { keyTextsFor } from './key-texts.ts';
import { kubectlCall } from './kubectl-call.ts';
import { manualRecipe } from './manual-recipe.ts';
import { entryRows, pushKeyText } from './push-key-text.ts';
import { pushSteps } from './push-steps.ts';
import { refuseEarlyPruning } from './refuse-early-pruning.ts';
import { requireSops } from './require-sops.ts';
import { requireCluster } from './require-unit.ts';
import { command } from './rotation-words.ts';

/** What is to be done with the key Secret of one cluster. */
export interface KeyPush {
  cluster: string;
  context: string;
  wanted: readonly ClusterEntry[];
  held: readonly HeldKey[];
  plan: EntryPlan;
  /** Recipient -> what its entry will hold. */
  texts: ReadonlyMap<string, Secret>;
  /** Whether an entry's name is one that we give to keys of this cluster. */
  isOurs: (entry: string) => boolean;
}

/**
 * Gives a cluster the keys that it decrypts with, beside those it has. Writes nothing in the repository.
 *
 * @throws ExpectedError; without kubectl the outcome tells how to do it by hand
 */
export async function pushKey(io: Io, options: PushKeyOptions): Promise<Outcome> {
  const { model, notes, root } = await openRepository(io, { directory: options.directory, readOnly: true });
  requireSops(model);
  requireCluster(model, options.cluster);
  const call = kubectlCall(io, options);
  try {
    await refuseOtherCluster(call, options.cluster, {
      confirmed: options.confirmed,
      again: `${npx} ${shellCommand([...pushKeyWords(options), '--confirm', options.cluster])}`,
    });
    const { push, warnings } = await preparedPush(io, model, call, options);
    const unknown = await unknownCommits(io, root, push, call, options.confirmed);
    return await carriedOut(io, push, call, {
      isDryRun: options.dryRun,
      warnings,
      notes: [...notes, ...unreadable(push), ...unknown],
    });
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.code !== 'kubectl-missing') throw error;
    return { changes: [], steps: [], problems: [], ...byHand(io, model, options), failure: error };
  }
}

/** The words of the command, for advice. */
export function pushKeyWords({
  cluster,
  context,
  kubeconfig,
}: Pick<PushKeyOptions, 'cluster' | 'context' | 'kubeconfig'>): string[] {
  const file = kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig];
  return ['secrets', 'push-key', cluster, '--context', context, ...file];
}

function byHand(io: Io, model: Model, options: PushKeyOptions): Pick<Outcome, 'nextSteps' | 'text'> {
  const nextSteps = manualRecipe(io, model, options);
  const look = { paint: paintFor(io.stdout), marks: marksFor(io) };
  const lines = nextLines(nextSteps, look, io.stdout.columns ?? widthOfPipe);
  return { nextSteps, text: `${lines.join('\n')}\n` };
}

async function preparedPush(
  io: Io,
  model: Model,
  call: KubectlCall,
  { cluster, context, isPruning, keysDirectory }: PushKeyOptions,
): Promise<{ push: KeyPush; warnings: Problem[] }> {
  const keys = rotationsOf(model, cluster);
  const all = keys.flatMap(wantedOf);
  if (all.length === 0) throw withoutKey(cluster);
  const isOurs = (entry: string) => isEntryOf(keys, entry);
  const held = await heldKeys(call);
  const owner = { repository: model.repository.name, id: model.id };
  const found = await findIdentities({ ...io, flag: keysDirectory }, owner);
  const known = new Set([
    ...held.flatMap(({ recipients = [] }) => recipients),
    ...found.identities.map(({ recipient }) => recipient),
  ]);
  // A key that is being replaced may be the one that was lost.
  const wanted = all.filter(({ recipient, isOld }) => !isOld || known.has(recipient));
  const plan = planKeyEntries(held, wanted, { isPruning, isOurs });
  const texts = keyTextsFor(plan.set, { held, found, cluster });
  return { push: { cluster, context, wanted, held, plan, texts, isOurs }, warnings: found.warnings };
}

/** Where keys are to be taken away: what cannot be known of the commits that the cluster follows. */
async function unknownCommits(
  io: Io,
  root: string,
  { cluster, context, plan, held, wanted }: KeyPush,
  call: KubectlCall,
  confirmed: readonly string[],
): Promise<string[]> {
  const left = wanted.map(({ recipient }) => recipient);
  const gone = held.filter(({ entry }) => plan.remove.includes(entry) || plan.set.some((each) => each.entry === entry));
  const isLosing = gone.some(({ recipients = [] }) => recipients.some((recipient) => !left.includes(recipient)));
  if (!isLosing || confirmed.includes(cluster)) return [];
  const again = command('secrets', 'push-key', cluster, '--context', context, '--prune', '--confirm', cluster);
  const git = { cwd: root, env: io.env, signal: io.signal };
  const commits = await refuseEarlyPruning(await appliedCommits(call), left, { cluster, again, call: git });
  if (commits.length === 0) return [];
  return [
    `Git here does not know what ${cluster} has applied (${commits.join(', ')}): git fetch tells whether it needs the old key.`,
  ];
}

async function carriedOut(
  io: Io,
  push: KeyPush,
  call: KubectlCall,
  { isDryRun, warnings, notes }: { isDryRun: boolean; warnings: readonly Problem[]; notes: readonly string[] },
): Promise<Outcome> {
  const steps = pushSteps(push, call);
  const { records, failure } = isDryRun ? { records: await lookAtSteps(io, steps) } : await runSteps(io, steps);
  const nextSteps = failure === undefined && !isDryRun ? afterPush(push) : [];
  return {
    changes: [],
    steps: records,
    problems: [...warnings, ...noteProblems(notes)],
    result: { cluster: push.cluster, context: push.context, entries: entryRows(push) },
    nextSteps,
    ...(failure === undefined
      ? { text: pushKeyText(io, { push, isDryRun, notes, nextSteps }) }
      : { failure: failure.error }),
  };
}

/** One line that cannot be parsed fails SOPS' import of all keys. */
function unreadable({ held, cluster }: KeyPush): string[] {
  const entries = held.filter(({ recipients }) => recipients === undefined).map(({ entry }) => entry);
  if (entries.length === 0) return [];
  return [
    `On ${cluster} this is no key that we can read: ${entries.join(', ')}. A line that Flux cannot read either keeps it from decrypting at all.`,
  ];
}

function afterPush({ cluster, plan }: KeyPush): NextStep[] {
  const isPruned = plan.remove.length > 0;
  const text = isPruned
    ? `${cluster} holds only the keys of flux-repo.yaml now. See that it decrypts:`
    : `Flux on ${cluster} reads its keys at every reconciliation; to have one now:`;
  return [{ text, commands: ['flux reconcile kustomization flux-system --with-source'] }];
}

function withoutKey(cluster: string): ExpectedError {
  return new ExpectedError({
    code: 'no-key-yet',
    exitCode: 1,
    message: `cluster ${cluster} has no key yet`,
    why: ['flux-repo.yaml has no recipient for it.'],
    hint: `${npx} apply makes what is missing`,
  });
}
