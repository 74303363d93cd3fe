import { ExpectedError } from '../errors.ts';
import type { Secret } from '../secrets/secret.ts';
import { applyKeyEntries, removeKeyEntries } from './flux-objects.ts';
import { type HeldKey, heldKeys } from './held-keys.ts';
import type { EntryPlan } from './plan-key-entries.ts';
import type { KubectlCall } from './run-kubectl.ts';

/**
 * Brings the key Secret to what was planned. What is left of ours is applied as a whole, since server-side apply takes
 * away what its manager leaves out; then what others gave the same name is removed by name.
 *
 * @param held as it was when the plan was made
 * @param texts recipient -> the key's text, for every entry to set
 * @param isOurs whether an entry's name is one that we give to keys of this cluster
 * @throws as `runKubectl`
 */
export async function pushKeys(
  call: KubectlCall,
  held: readonly HeldKey[],
  { plan, texts, isOurs }: { plan: EntryPlan; texts: ReadonlyMap<string, Secret>; isOurs: (entry: string) => boolean },
): Promise<void> {
  const kept = held.filter(({ entry }) => isOurs(entry) && !plan.remove.includes(entry));
  const entries = new Map([
    ...kept.map(({ entry, text }): [string, Secret] => [entry, text]),
    ...plan.set.map(({ entry, recipient }): [string, Secret] => [entry, textFor(texts, recipient)]),
  ]);
  const isReplacing = plan.set.some(({ entry }) => held.some((each) => each.entry === entry));
  if (plan.set.length > 0) await applyKeyEntries(call, entries, isReplacing);
  if (plan.remove.length === 0) return;
  const left = (await heldKeys(call)).map(({ entry }) => entry).filter((entry) => plan.remove.includes(entry));
  if (left.length > 0) await removeKeyEntries(call, left);
}

/**
 * Reads the key Secret back: every wanted key must be there, and each entry that was written must be so byte for byte.
 *
 * @throws ExpectedError `keys-not-there`, and as `runKubectl`
 */
export async function proveKeys(
  call: KubectlCall,
  { plan, texts }: { plan: EntryPlan; texts: ReadonlyMap<string, Secret> },
  wanted: readonly string[],
): Promise<void> {
  const held = await heldKeys(call);
  const wrong = plan.set.filter(
    ({ entry, recipient }) =>
      held.find((each) => each.entry === entry)?.text.reveal() !== textFor(texts, recipient).reveal(),
  );
  const missing = wanted.filter((recipient) => !held.some(({ recipients }) => recipients?.includes(recipient)));
  const still = plan.remove.filter((entry) => held.some((each) => each.entry === entry));
  if (wrong.length + missing.length + still.length === 0) return;
  throw new ExpectedError({
    code: 'keys-not-there',
    exitCode: 1,
    message: `the key Secret in context ${call.context} is not what was written`,
    why: [
      ...wrong.map(({ entry }) => `${entry} has another content.`),
      ...missing.map((recipient) => `No entry is the key of ${recipient}.`),
      ...still.map((entry) => `${entry} is still there.`),
    ],
    hint: 'Something else writes it too (a controller, a policy, a colleague); settle that, then run the command again.',
  });
}

function textFor(texts: ReadonlyMap<string, Secret>, recipient: string): Secret {
  const text = texts.get(recipient);
  if (text === undefined) throw new Error(`no private key for ${recipient}`);
  return text;
}
