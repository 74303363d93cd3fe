/** What is to be walked next: the first in line of those that have all they need, else the first of all. */
export interface WalkOrder<Item> {
  add(item: Item): void;
  /** Something is there now that others may need. */
  note(key: string): void;
  next(): Item | undefined;
}

interface Place<Item> {
  item: Item;
  /** In the order of `add`. */
  number: number;
  isTaken: boolean;
}

/**
 * Looks at an item again only when something comes that it lacked, so that thousands take linear time.
 *
 * @param missing key of something that an item still needs; undefined when it has all
 */
export function walkOrder<Item>(missing: (item: Item) => string | undefined): WalkOrder<Item> {
  const all: Place<Item>[] = [];
  const ready: Place<Item>[] = [];
  const blocked = new Map<string, Place<Item>[]>();
  let nextReady = 0;
  let first = 0;

  function place(each: Place<Item>): void {
    const key = missing(each.item);
    if (key === undefined) ready.splice(placeIn(ready, nextReady, each.number), 0, each);
    else {
      const others = blocked.get(key);
      if (others === undefined) blocked.set(key, [each]);
      else others.push(each);
    }
  }

  return {
    add(item) {
      const each = { item, number: all.length, isTaken: false };
      all.push(each);
      place(each);
    },
    note(key) {
      const waiting = blocked.get(key) ?? [];
      blocked.delete(key);
      for (const each of waiting) if (!each.isTaken) place(each);
    },
    next() {
      while (all[first]?.isTaken === true) first++;
      const each = ready[nextReady] ?? all[first];
      if (each === undefined) return undefined;
      if (each === ready[nextReady]) nextReady++;
      each.isTaken = true;
      return each.item;
    },
  };
}

/** From the end, where most belong. */
function placeIn<Item>(places: readonly Place<Item>[], from: number, number: number): number {
  let at = places.length;
  while (at > from && (places[at - 1]?.number ?? 0) > number) at--;
  return at;
}
