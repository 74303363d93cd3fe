import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateUnits } from '../../src/generators/generate-units.ts';
import { modelFrom } from '../../src/model/complete-draft.ts';
import type { Draft, Model } from '../../src/model/model.ts';
import { modelText } from '../../src/model/write-model.ts';
import type { UnitEntries } from '../../src/plan/entry.ts';
import { isWrite, type Plan } from '../../src/plan/plan.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import { readLocks } from '../../src/plan/read-locks.ts';
import { generateKeys, type NamedKey } from '../../src/secrets/generate-keys.ts';
import { requiredKeys, withRecipients } from '../../src/secrets/required-keys.ts';
import { writeKeys } from '../../src/secrets/write-keys.ts';
import { diskTree } from '../../src/tree/disk-tree.ts';

const toolVersion = '0.1.0';

/** A repository as `create` makes it, in a temporary folder with its private keys beside it. */
export interface GeneratedRepository {
  folder: string;
  keysFolder: string;
  model: Model;
  read(path: string): string;
  write(path: string, contents: string): void;
  remove(path: string): void;
  /** Regenerates it from an edited model; units that are gone from the model lose their files. */
  regenerate(model: Model): void;
  /** Removes the temporary folder. */
  destroy(): void;
}

export async function generatedRepository(draft: Draft): Promise<GeneratedRepository> {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-generated-')));
  const folder = join(temporary, 'repository');
  const keysFolder = join(temporary, 'keys');
  mkdirSync(folder);
  // Without it nothing would honour the generated .gitignore.
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', folder]);
  const answered = modelFrom(draft, { name: 'platform', id: '0a1b2c3d' });
  const keys = await generateKeys(requiredKeys(answered));
  await writeKeysOf(keysFolder, keys, answered);
  const model = withRecipients(answered, keys);
  write(folder, 'flux-repo.yaml', modelText(model));
  generate(folder, model);
  return {
    folder,
    keysFolder,
    model,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write: (path, contents) => write(folder, path, contents),
    remove: (path) => rmSync(join(folder, path)),
    regenerate: (edited) => {
      write(folder, 'flux-repo.yaml', modelText(edited));
      generate(folder, edited);
    },
    destroy: () => rmSync(temporary, { recursive: true, force: true }),
  };
}

async function writeKeysOf(folder: string, keys: readonly NamedKey[], model: Model): Promise<void> {
  if (keys.length > 0) await writeKeys(folder, keys, { repository: model.repository.name, now: new Date() });
}

function generate(folder: string, model: Model): void {
  const tree = diskTree(folder);
  const locks = readLocks(tree);
  const wanted = generateUnits(model, { toolVersion });
  const gone = [...locks.values()]
    .filter((lock) => !wanted.some(({ unit }) => unit === lock.unit))
    .map(({ unit, part }): UnitEntries => ({ unit, part, entries: [] }));
  apply(folder, planChanges({ units: [...wanted, ...gone], tree, locks, toolVersion }));
}

function apply(folder: string, plan: Plan): void {
  for (const change of plan.changes.filter(isWrite)) {
    if (change.action === 'delete') rmSync(join(folder, change.path));
    else write(folder, change.path, change.after);
  }
}

function write(folder: string, path: string, contents: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), contents);
}
