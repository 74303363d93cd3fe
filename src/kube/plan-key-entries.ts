/** An entry of the cluster's key Secret. */
export interface HeldEntry {
  entry: string;
  /** Public halves of the identities in it; undefined when it is no key, which keeps Flux from reading any of them. */
  recipients: readonly string[] | undefined;
}

/** A key that the cluster must hold. */
export interface WantedKey {
  recipient: string;
  /** The entry it has by preference: the name of its file. */
  entry: string;
}

/** What becomes of the entries. */
export interface EntryPlan {
  /** To be written: the key goes to this entry. */
  set: readonly WantedKey[];
  /** To be removed. */
  remove: readonly string[];
}

/**
 * What to change so that the cluster holds the wanted keys. Without pruning every key that it holds stays, and no entry
 * gets another content. Pruning takes away entries of ours with keys that nobody wants any more, and gives each key the
 * entry it has by preference. At least the wanted keys are always left.
 *
 * @param isOurs whether an entry's name is one that we give to keys of this cluster
 */
export function planKeyEntries(
  held: readonly HeldEntry[],
  wanted: readonly WantedKey[],
  { isPruning, isOurs }: { isPruning: boolean; isOurs: (entry: string) => boolean },
): EntryPlan {
  return isPruning ? pruned(held, wanted, isOurs) : added(held, wanted);
}

function added(held: readonly HeldEntry[], wanted: readonly WantedKey[]): EntryPlan {
  const taken = new Set(held.map(({ entry }) => entry));
  const set = wanted
    .filter(({ recipient }) => !holds(held, recipient))
    .map(({ recipient, entry }) => {
      const free = freeEntry(entry, taken);
      taken.add(free);
      return { recipient, entry: free };
    });
  return { set, remove: [] };
}

function pruned(held: readonly HeldEntry[], wanted: readonly WantedKey[], isOurs: EntryTest): EntryPlan {
  const others = held.filter(({ entry }) => !isOurs(entry));
  const needed = wanted.filter(({ recipient }) => !holds(others, recipient));
  const set = needed.filter(
    ({ recipient, entry }) => !held.some((each) => each.entry === entry && isOnly(each, recipient)),
  );
  const kept = new Set(needed.map(({ entry }) => entry));
  const remove = held.map(({ entry }) => entry).filter((entry) => isOurs(entry) && !kept.has(entry));
  return { set, remove };
}

type EntryTest = (entry: string) => boolean;

function holds(held: readonly HeldEntry[], recipient: string): boolean {
  return held.some(({ recipients }) => recipients?.includes(recipient));
}

function isOnly({ recipients }: HeldEntry, recipient: string): boolean {
  return recipients?.length === 1 && recipients[0] === recipient;
}

/** `cluster-eu.agekey`, while that has another key `cluster-eu.next.agekey`, then `cluster-eu.next-2.agekey` … */
function freeEntry(entry: string, taken: ReadonlySet<string>): string {
  if (!taken.has(entry)) return entry;
  const stem = entry.replace(/(\.next)?\.agekey$/, '');
  for (let count = 1; ; count++) {
    const name = `${stem}.next${count === 1 ? '' : `-${count}`}.agekey`;
    if (!taken.has(name)) return name;
  }
}
