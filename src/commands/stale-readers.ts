import type { Io } from '../cli/io.ts';
import type { NextStep } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { listFiles } from '../git/list-files.ts';
import { strategyOf } from '../model/settings.ts';
import { encryptedFiles } from '../secrets/readers/encrypted-files.ts';
import { readerChanges } from '../secrets/readers/reader-changes.ts';
import { readSopsConfig } from '../secrets/sops-config/read-sops-config.ts';
import { thereWords } from './folder-words.ts';
import type { OpenRepository } from './open-repository.ts';
import { files } from './plan-lines.ts';
import type { PlannedResolution } from './plan-resolution.ts';
import { plannedReader } from './planned-reader.ts';

const configPath = '.sops.yaml';

/**
 * What is left after a merge of two branches, one of which encrypted a file and the other changed who may read it: without a
 * private key nobody can bring that together.
 */
export async function staleReaders(
  io: Io,
  { root, tree, model, shown }: OpenRepository,
  { plan, left }: Pick<PlannedResolution, 'plan' | 'left'>,
): Promise<NextStep[]> {
  if (strategyOf(model) !== 'sops') return [];
  const read = plannedReader(tree, plan);
  const config = await readSopsConfig({ text: read(configPath) ?? '', file: configPath });
  const leaving = plan.changes.filter(({ action }) => action === 'delete').map(({ path }) => path);
  const unread = new Set([...leaving, ...left]);
  const present = (await listFiles(root, io)).filter((path) => !unread.has(path));
  const { changes } = readerChanges(encryptedFiles(tree, present), config);
  if (changes.length === 0) return [];
  const command = [...thereWords(shown), 'secrets', 'recipients', 'update', '--commit'];
  return [
    {
      text: `Encrypt ${files(changes.length)} for whom .sops.yaml names now; that takes a private key:`,
      commands: [`${npx} ${shellCommand(command)}`],
    },
  ];
}
