import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkOrder } from '../../src/check/walk-order.ts';

interface Item {
  name: string;
  needs: readonly string[];
}

/** The same by looking at all of them each time. */
function simply(items: readonly Item[]): string[] {
  const [there, order, waiting] = [new Set<string>(), [] as string[], [...items]];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ needs }) => needs.every((need) => there.has(need)));
    const [item] = waiting.splice(Math.max(0, at), 1);
    if (item === undefined) break;
    order.push(item.name);
    there.add(item.name);
  }
  return order;
}

function walked(items: readonly Item[]): string[] {
  const there = new Set<string>();
  const waiting = walkOrder<Item>(({ needs }) => needs.find((need) => !there.has(need)));
  for (const item of items) waiting.add(item);
  const order: string[] = [];
  for (let item = waiting.next(); item !== undefined; item = waiting.next()) {
    order.push(item.name);
    there.add(item.name);
    waiting.note(item.name);
  }
  return order;
}

test('Those that have what they need come first, in the order in which they were met', () => {
  const name = fc.constantFrom(...'abcdefgh');
  const item = fc.record({ name, needs: fc.array(name, { maxLength: 3 }) });

  fc.assert(
    fc.property(fc.array(item, { maxLength: 12 }), (items) => {
      expect(walked(items)).toEqual(simply(items));
    }),
  );
});

test('Tens of thousands that wait for what never comes take a moment', () => {
  const items = Array.from({ length: 50_000 }, (_, number) => ({ name: `${number}`, needs: ['never'] }));
  const begin = performance.now();

  expect(walked(items)).toHaveLength(items.length);
  expect(performance.now() - begin).toBeLessThan(2000);
});
