import { expect, test } from 'vitest';
import { readRepository } from '../../src/check/read-repository.ts';
import { rules } from '../../src/check/rules.ts';
import { runRules } from '../../src/check/run-rules.ts';
import { completeModel } from '../support/complete-model.ts';
import { draftMatrix } from '../support/model-matrix.ts';
import { repositoryTree } from '../support/repository-tree.ts';
import { memoryTree } from './changed-tree.ts';

test('No rule has anything to say of any repository that is generated', { timeout: 120_000 }, async () => {
  const found = new Set<string>();
  for (const draft of draftMatrix()) {
    const files = repositoryTree(completeModel(draft));
    const repository = await readRepository(memoryTree(files), [...files.keys()]);
    for (const { rule, severity, message, file, line } of runRules(repository, rules))
      found.add(`${severity} ${rule} ${message} ${file}:${line}`);
  }

  expect([...found]).toEqual([]);
});
