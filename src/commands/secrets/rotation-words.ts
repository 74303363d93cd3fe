import type { NextStep } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import type { OwnedKey } from '../../secrets/key-name.ts';
import type { KeyRotation, RotationScope } from '../../secrets/rotation/key-rotation.ts';

/** The words of `rotate` for a scope, after the program's name. */
export function rotateWords(scope: RotationScope): string[] {
  return ['secrets', 'rotate', ...(scope.kind === 'all' ? ['--all'] : [`--${scope.kind}`, scope.name])];
}

/** A command of ours, as it is typed. */
export function command(...words: readonly string[]): string {
  return `${npx} ${shellCommand(words)}`;
}

/** `cluster eu`; `environment staging`. */
export function shownKey({ kind, name }: OwnedKey): string {
  return `${kind} ${name}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Every cluster that holds one of the keys, in order. */
export function clustersWith(keys: readonly KeyRotation[]): string[] {
  return [...new Set(keys.flatMap(({ clusters }) => clusters))].sort();
}

/** Flags that say where each cluster is, with the person's own contexts where they are known. */
export function contextWords(clusters: readonly string[], contexts: ReadonlyMap<string, string>): string[] {
  const [only] = clusters;
  if (clusters.length === 1 && only !== undefined) return ['--context', contexts.get(only) ?? 'CONTEXT'];
  return clusters.flatMap((cluster) => ['--context', `${cluster}=${contexts.get(cluster) ?? 'CONTEXT'}`]);
}

/** After everything opens with either key: the clusters get the new one, which is then proven. */
export function overlapSteps(
  scope: RotationScope,
  clusters: readonly string[],
  contexts: ReadonlyMap<string, string>,
): NextStep[] {
  return [
    { text: 'Push the commit: until the clusters have it, they need the old key.', commands: ['git push'] },
    pushStep(clusters, contexts, []),
    {
      text: 'Prove that they can read everything with it, and end the rotation:',
      commands: [command(...rotateWords(scope), ...contextWords(clusters, contexts))],
    },
  ];
}

/** Giving clusters their keys. */
export function pushStep(
  clusters: readonly string[],
  contexts: ReadonlyMap<string, string>,
  flags: readonly string[],
): NextStep {
  const text =
    flags.length > 0
      ? `When they have reconciled that commit, take the old key from ${listed(clusters)}:`
      : `Give ${listed(clusters)} the new key, beside the old one:`;
  const words = (cluster: string) => ['secrets', 'push-key', cluster, '--context', contexts.get(cluster) ?? 'CONTEXT'];
  return { text, commands: clusters.map((cluster) => command(...words(cluster), ...flags)) };
}
