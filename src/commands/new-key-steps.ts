import type { NextStep } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { keysOfCluster } from '../model/cluster-keys.ts';
import type { Model } from '../model/model.ts';
import { inOrder } from '../model/units.ts';
import type { NamedKey } from '../secrets/generate-keys.ts';
import { keyFileName } from '../secrets/key-name.ts';

/** For clusters that are to hold a key made just now: without it they decrypt nothing that is encrypted to it. */
export function newKeySteps(model: Model, keys: readonly NamedKey[]): NextStep[] {
  const made = new Set(keys.map(({ key }) => keyFileName(key)));
  const clusters = inOrder(model.clusters)
    .map(([name]) => name)
    .filter((name) => keysOfCluster(model, name).some((key) => made.has(keyFileName(key))));
  if (clusters.length === 0) return [];
  const commands = clusters.map((name) => `${npx} secrets push-key ${name} --context CONTEXT`);
  return [{ text: 'Give clusters the new keys, each by its name in your kubeconfig:', commands }];
}
