import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { keyFileName } from '../../secrets/key-name.ts';
import { replaceKeyFile } from '../../secrets/replace-key-file.ts';
import type { Step } from '../../step.ts';
import type { StagedKey } from './rotation-signs.ts';

/**
 * On this machine the new keys take the place of the old ones, which are kept beside them. Where they were never made
 * there is nothing to do.
 */
export function replaceKeysStep(folder: string, keys: readonly StagedKey[]): Step {
  const nextOf = ({ key }: StagedKey) => join(folder, keyFileName({ ...key, isNext: true }));
  const isAway = (path: string) =>
    access(path).then(
      () => false,
      () => true,
    );
  return {
    id: 'key-files',
    title:
      keys.length === 1
        ? 'Put the new private key in its place'
        : `Put ${keys.length} new private keys in their places`,
    isDone: async () => (await Promise.all(keys.map((key) => isAway(nextOf(key))))).every(Boolean),
    async run() {
      const now = new Date();
      for (const { key, current } of keys) if (current !== undefined) await replaceKeyFile(folder, key, current, now);
      return undefined;
    },
  };
}
