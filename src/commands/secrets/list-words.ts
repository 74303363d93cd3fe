import { shownRecipient } from '../../secrets/format/data-key.ts';
import type { ListedSecret } from '../../secrets/list-secrets.ts';

/** Names of which more are counted. */
const mostNamed = 4;

/** `clusters eu, us; recovery`; keys that the model does not know by their beginning. */
export function readersInWords({ readers, foreign }: ListedSecret): string {
  const groups = new Map<string, string[]>();
  const add = (kind: string, name: string) => groups.set(kind, [...(groups.get(kind) ?? []), name]);
  for (const { name, recipient } of readers) {
    const [kind, owner] = /^(cluster|environment|team) (.+)$/.exec(name ?? '')?.slice(1) ?? [];
    if (kind !== undefined && owner !== undefined) add(kind, owner);
    else add('', name ?? `unknown ${shortRecipient(recipient)}`);
  }
  for (const kind of foreign) add('', `${kind} keys`);
  return [...groups]
    .sort(([one], [other]) => (one === '' ? 1 : 0) - (other === '' ? 1 : 0))
    .map(([kind, names]) => (kind === '' ? few(names) : `${kind}${names.length > 1 ? 's' : ''} ${few(names)}`))
    .join('; ');
}

/** `web on eu, us`; what has no `spec.decryption` is said to. */
export function decryptersInWords({ decryptedBy, state }: ListedSecret): string {
  const isEncrypted = state === 'encrypted' || state === 'exposed' || state === 'unreadable';
  if (decryptedBy.length === 0) return isEncrypted ? 'nothing reconciles it' : '';
  const clusters = new Map<string, string[]>();
  for (const { cluster, kustomization, decrypts } of decryptedBy) {
    const name = decrypts ? kustomization : `${kustomization} (no decryption!)`;
    clusters.set(name, [...(clusters.get(name) ?? []), cluster]);
  }
  return [...clusters].map(([name, on]) => `${name} on ${few(on)}`).join('; ');
}

/** `today`, `12 days ago`, `3 months ago`; a clock that is behind says `today`. */
export function ageInWords(time: string, now: Date): string {
  const days = Math.floor((now.getTime() - Date.parse(time)) / 86_400_000);
  if (days < 1) return 'today';
  if (days < 60) return days === 1 ? 'yesterday' : `${days} days ago`;
  return days < 730 ? `${Math.floor(days / 30.44)} months ago` : `${Math.floor(days / 365.25)} years ago`;
}

/** A few names in full, of more the number. */
export function few(names: readonly string[]): string {
  const [first = ''] = names;
  if (names.length <= mostNamed) return names.join(', ');
  return `${first} and ${names.length - 1} more`;
}

function shortRecipient(recipient: string): string {
  return /^age1\w{40,}$/.test(recipient)
    ? `${recipient.slice(0, 12)}…${recipient.slice(-4)}`
    : shownRecipient(recipient);
}
