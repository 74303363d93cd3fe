import { npx } from '../../cli/program.ts';
import { ExpectedError } from '../../errors.ts';
import type { HeldKey } from '../../kube/held-keys.ts';
import type { WantedKey } from '../../kube/plan-key-entries.ts';
import type { FoundIdentities } from '../../secrets/find-identities.ts';
import { Secret } from '../../secrets/secret.ts';

/**
 * The texts of key Secret entries: from a key at hand, or from another entry of the cluster itself.
 *
 * @returns recipient -> text, one identity in each
 * @throws ExpectedError `key-not-at-hand` naming what is missing
 */
export function keyTextsFor(
  set: readonly WantedKey[],
  from: { held: readonly HeldKey[]; found: FoundIdentities; cluster: string },
): ReadonlyMap<string, Secret> {
  const known = new Map<string, Secret>();
  for (const { recipients = [], identities } of from.held)
    for (const [index, recipient] of recipients.entries()) {
      const identity = identities[index];
      if (identity !== undefined) known.set(recipient, identity);
    }
  for (const { recipient, secret } of from.found.identities) known.set(recipient, secret);
  const missing = set.filter(({ recipient }) => !known.has(recipient));
  if (missing.length > 0) throw notAtHand(missing, from);
  return new Map(
    set.map(({ recipient }) => {
      const identity = known.get(recipient)?.reveal() ?? '';
      return [recipient, new Secret(`# public key: ${recipient}\n${identity}\n`)];
    }),
  );
}

function notAtHand(
  missing: readonly WantedKey[],
  { found, cluster }: { found: FoundIdentities; cluster: string },
): ExpectedError {
  const why = missing.map(({ recipient, entry }) => {
    const other = found.identities.find(({ source }) => source === entry);
    const instead = other === undefined ? 'not here' : `here, but it is another key (${other.recipient})`;
    return `${entry} is ${instead}; flux-repo.yaml wants ${recipient}.`;
  });
  return new ExpectedError({
    code: 'key-not-at-hand',
    exitCode: 1,
    message: `cannot give ${cluster} its key: ${missing.length === 1 ? 'the private half is' : 'private halves are'} not at hand`,
    why,
    hint: `Get it from who made it, or say where it is: --keys-dir DIR. If it is lost: ${npx} secrets rotate --help`,
    problems: found.warnings.filter(({ rule }) => rule === 'keys/unusable'),
  });
}
