import type { Model } from '../../model/model.ts';
import { isKeyFileOf, keyFileName, type OwnedKey } from '../key-name.ts';
import { type KeyRotation, keyRotations } from './key-rotation.ts';

/** A key that a cluster is to hold, and the file and entry it has by preference. */
export interface ClusterEntry {
  recipient: string;
  entry: string;
  /** Whether it is about to be replaced: the cluster can do without it once it has the other. */
  isOld: boolean;
}

/** The keys whose files the cluster opens: its own, or its environment's and its own if it has one. */
export function rotationsOf(model: Model, cluster: string): KeyRotation[] {
  return keyRotations(model, { kind: 'all' }).filter(({ clusters }) => clusters.includes(cluster));
}

/** Of a key that is being rotated both halves: until the new one is proven the cluster needs the old one. */
export function wantedOf({ key, old, current }: KeyRotation): ClusterEntry[] {
  const next: OwnedKey = old.length === 0 ? key : { ...key, isNext: true };
  return [
    ...old.map((recipient, index) => ({ recipient, entry: numbered(keyFileName(key), index + 1), isOld: true })),
    ...(current === undefined ? [] : [{ recipient: current, entry: keyFileName(next), isOld: false }]),
  ];
}

/** Two people may each have begun to rotate the same key. */
function numbered(entry: string, count: number): string {
  return count === 1 ? entry : entry.replace(/\.agekey$/, `.${count}.agekey`);
}

/** Whether an entry's name is one that we give to one of these keys, now, while it is rotated or after. */
export function isEntryOf(keys: readonly KeyRotation[], entry: string): boolean {
  return keys.some(({ key }) => isKeyFileOf(key, entry));
}
