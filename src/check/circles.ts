/**
 * The circles of a graph, each as its nodes in order, beginning with the first in alphabetical order; so many that the
 * graph has none left once one step of each is gone. Takes time linear in the graph for each circle, and no recursion.
 *
 * @param steps node -> the nodes it needs; those that are no keys count as done
 */
export function circles(steps: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const open = new Map([...steps].map(([node, needs]) => [node, needs.filter((need) => steps.has(need)).length]));
  const users = new Map<string, string[]>();
  for (const [node, needs] of steps)
    for (const need of needs) {
      const known = users.get(need);
      if (known === undefined) users.set(need, [node]);
      else known.push(node);
    }
  const close = (closed: string[]) => {
    for (let node = closed.pop(); node !== undefined; node = closed.pop()) {
      if (!open.delete(node)) continue;
      for (const user of users.get(node) ?? []) {
        const left = open.get(user);
        if (left === undefined) continue;
        open.set(user, left - 1);
        if (left === 1) closed.push(user);
      }
    }
  };
  close([...open].filter(([, count]) => count === 0).map(([node]) => node));
  while (open.size > 0) {
    const circle = circleIn(steps, open);
    found.push(circle);
    close([...circle]);
  }
  return found;
}

/** Every open node needs another open one: following them ends in a circle. */
function circleIn(steps: ReadonlyMap<string, readonly string[]>, open: ReadonlyMap<string, number>): string[] {
  const way = new Map<string, number>();
  let [node = ''] = open.keys();
  while (!way.has(node)) {
    way.set(node, way.size);
    node = steps.get(node)?.find((need) => open.has(need)) ?? node;
  }
  const circle = [...way.keys()].slice(way.get(node));
  const first = circle.indexOf([...circle].sort()[0] ?? '');
  return [...circle.slice(first), ...circle.slice(0, first)];
}
