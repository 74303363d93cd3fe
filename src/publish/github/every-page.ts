/** Entries of one page: the most that Gitea gives by default; GitHub has no objection. */
export const pageSize = 50;

/** What no server cuts its pages below: one with fewer entries is the last. */
const fewest = 10;

/** Reads pages to the last. @param page reads one, from 1 */
export async function everyPage<Item>(page: (number: number) => Promise<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  // A server whose list never ends is not believed for ever.
  for (let number = 1; number <= 100; number++) {
    const items = await page(number);
    all.push(...items);
    if (items.length < fewest) break;
  }
  return all;
}
