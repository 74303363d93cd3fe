import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import { generateUnits } from '../../src/generators/generate-units.ts';
import type { Draft, Model } from '../../src/model/model.ts';
import { readModel } from '../../src/model/read-model.ts';
import { draftText, modelText } from '../../src/model/write-model.ts';
import { applyPlan } from '../../src/plan/apply-plan.ts';
import type { UnitEntries } from '../../src/plan/entry.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import { readLocks } from '../../src/plan/read-locks.ts';
import { diskTree } from '../../src/tree/disk-tree.ts';
import { fakeSystem } from '../support/fake-system.ts';
import { type Run, runMain } from '../support/run-main.ts';

/** A repository that `create` made, on a machine of its own. */
export interface GeneratedRepository {
  folder: string;
  /** The home of the person who made it, with the private keys in it. */
  home: string;
  model: Model;
  read(path: string): string;
  write(path: string, contents: string): void;
  remove(path: string): void;
  /** Regenerates it from an edited model; units that are gone from the model lose their files. */
  regenerate(model: Model): Promise<void>;
  /** Runs a command in it, as its person does; with more variables in the environment. */
  run(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Run>;
  /** Removes that machine. */
  destroy(): void;
}

const name = 'platform';

/** `create-flux-repo platform --yes --config FILE`, with a commit, run in this process. */
export async function generatedRepository(draft: Draft): Promise<GeneratedRepository> {
  const machine = fakeSystem();
  const folder = join(machine.cwd, name);
  writeFileSync(join(machine.cwd, 'answers.yaml'), draftText(draft));
  const code = await main([name, '--yes', '--config', 'answers.yaml'], machine);
  if (code !== 0) throw new Error(`create ended with ${code}\n${machine.err()}`);
  const at = (path: string) => join(folder, path);
  return {
    folder,
    home: machine.home,
    model: readModel({ file: 'flux-repo.yaml', text: readFileSync(at('flux-repo.yaml'), 'utf8') }),
    read: (path) => readFileSync(at(path), 'utf8'),
    write: (path, contents) => writeFileSync(at(path), contents),
    remove: (path) => rmSync(at(path)),
    regenerate: async (edited) => {
      writeFileSync(at('flux-repo.yaml'), modelText(edited));
      await regenerate(folder, edited);
    },
    run: (words, env = {}) => runMain({ ...machine, cwd: folder, env: { ...machine.env, ...env } }, words),
    destroy: () => machine.remove(),
  };
}

async function regenerate(folder: string, model: Model): Promise<void> {
  const tree = diskTree(folder);
  const locks = readLocks(tree);
  const toolVersion = '0.1.0';
  const wanted = generateUnits(model, { toolVersion });
  const gone = [...locks.values()]
    .filter((lock) => !wanted.some(({ unit }) => unit === lock.unit))
    .map(({ unit, part }): UnitEntries => ({ unit, part, entries: [] }));
  await applyPlan(folder, planChanges({ units: [...wanted, ...gone], tree, locks, toolVersion }));
}
