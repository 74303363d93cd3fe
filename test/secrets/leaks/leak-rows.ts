import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { done, giveTokens, knowPrivateKeys, type LeakRow } from './leak-row.ts';
import { readerRows } from './reader-rows.ts';
import { scanRows } from './scan-rows.ts';
import { valueRows } from './value-rows.ts';

/** A row or more for each verb of `secrets`; the test fails for a verb without one. */
export const leakRows: readonly LeakRow[] = [
  {
    verb: 'create-flux-repo',
    name: 'scaffolds a repository and its keys, with tokens in the environment',
    async act(trial) {
      giveTokens(trial);
      await done(trial.run('other', '--yes', '-C', join(trial.system.cwd, '..')));
      expect(readdirSync(trial.programs.records).length).toBeGreaterThan(5);
      knowPrivateKeys(trial);
    },
  },
  ...valueRows,
  ...readerRows,
  ...scanRows,
];
