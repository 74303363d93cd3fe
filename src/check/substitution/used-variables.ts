import type { Build } from '../../kustomize/build-kustomization.ts';

const known = new WeakMap<Build, readonly string[]>();

/** The names that may be variables in a build's objects, sorted; more than are used in the end, never fewer. */
export function usedVariables(build: Build): readonly string[] {
  const names = known.get(build) ?? namesIn(build);
  known.set(build, names);
  return names;
}

/** A name may be in the default of another: `${region:-${zone}}`. */
function namesIn({ objects }: Build): string[] {
  const names = new Set<string>();
  for (const { value } of objects)
    for (const [, name = ''] of JSON.stringify(value).matchAll(/\$\{#?(\w+)/g)) names.add(name);
  return [...names].sort();
}
