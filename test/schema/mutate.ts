import fc from 'fast-check';

type Step = string | number;

/** Values that are wrong in many places, and right in some. */
const strangers: readonly unknown[] = [
  0,
  -1,
  1.5,
  70_000,
  2 ** 31,
  true,
  false,
  '',
  'x',
  'A b',
  '10m',
  '1d',
  '500m',
  'https://example.com',
  'oci://a/b',
  [],
  ['x'],
  [{}],
  {},
  { x: 'y' },
  { name: 'x' },
];

/** Ways to every value of a manifest, itself excepted. */
function pathsOf(value: unknown, path: readonly Step[] = []): Step[][] {
  const children: [Step, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  return children.flatMap(([step, child]) => [[...path, step], ...pathsOf(child, [...path, step])]);
}

/** One to three random changes of a manifest: a value replaced, a field removed, renamed or added. */
export function mutationsOf<Manifest extends object>(manifest: Manifest): fc.Arbitrary<Manifest> {
  const change = fc.record({
    path: fc.constantFrom(...pathsOf(manifest)),
    how: fc.constantFrom('replace', 'remove', 'rename', 'add'),
    value: fc.constantFrom(...strangers),
    name: fc.constantFrom('x', 'name', 'version', 'type', 'interval', 'spec', 'labels'),
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const mutant = structuredClone(manifest);
    for (const { path, how, value, name } of changes) mutate(mutant, path, how, structuredClone(value), name);
    return mutant;
  });
}

function mutate(root: object, path: readonly Step[], how: string, value: unknown, name: string): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => (isContainer(at) ? at[step] : undefined), root);
  const last = path.at(-1) ?? '';
  if (!isContainer(parent) || last === 'apiVersion' || (last === 'kind' && path.length === 1)) return;
  if (!(last in parent)) return;
  if (how === 'replace') parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), how === 'remove' ? 1 : 0);
  else if (how === 'remove') delete parent[last];
  else if (how === 'add') parent[name] = value;
  else {
    parent[`${last}s`] = parent[last];
    delete parent[last];
  }
}

function isContainer(value: unknown): value is Record<Step, unknown> {
  return typeof value === 'object' && value !== null;
}
