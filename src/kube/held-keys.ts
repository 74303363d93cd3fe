import { ExpectedError } from '../errors.ts';
import { recipientOf } from '../secrets/age-identity.ts';
import { parseKeyFile } from '../secrets/key-file.ts';
import type { Secret } from '../secrets/secret.ts';
import { readKeySecret } from './flux-objects.ts';
import type { HeldEntry } from './plan-key-entries.ts';
import type { KubectlCall } from './run-kubectl.ts';

/** An entry of a cluster's key Secret with what is in it. */
export interface HeldKey extends HeldEntry {
  text: Secret;
  identities: readonly Secret[];
}

/**
 * The keys that a cluster holds; none when it has no key Secret. Flux reads the entries whose names end in `.agekey`:
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#age-secret-entry
 *
 * @throws as `runKubectl`
 */
export async function heldKeys(call: KubectlCall): Promise<HeldKey[]> {
  const entries = [...((await readKeySecret(call)) ?? [])].filter(([entry]) => entry.endsWith('.agekey'));
  return Promise.all(
    entries.map(async ([entry, text]) => {
      const identities = identitiesIn(text, entry);
      const recipients = identities && (await Promise.all(identities.map(recipientOf)));
      return { entry, text, identities: identities ?? [], recipients };
    }),
  );
}

function identitiesIn(text: Secret, entry: string): Secret[] | undefined {
  try {
    return parseKeyFile(text.reveal(), entry);
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
