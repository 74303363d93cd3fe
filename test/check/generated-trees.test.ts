import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRepository } from '../../src/check/read-repository.ts';
import { rules } from '../../src/check/rules.ts';
import { runRules } from '../../src/check/run-rules.ts';
import { diskTree } from '../../src/tree/disk-tree.ts';
import { walkFiles } from '../../src/tree/walk-files.ts';

const golden = join(import.meta.dirname, '../golden');

describe.each(readdirSync(golden))('The golden tree %s', (name) => {
  test('has nothing to complain about', async () => {
    const tree = diskTree(join(golden, name, 'expected'));
    const repository = await readRepository(tree, [...walkFiles(tree, '')]);

    expect(repository.clusters.length).toBeGreaterThan(0);
    expect(runRules(repository, rules).filter(({ isNextStep }) => !isNextStep)).toEqual([]);
  });
});
