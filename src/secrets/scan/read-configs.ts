import { ExpectedError } from '../../errors.ts';
import { parentOf, type RepoPath } from '../../tree/repo-path.ts';
import { readSopsConfig } from '../sops-config/read-sops-config.ts';
import type { ScanFinding } from './scan-files.ts';
import type { PlacedConfig, ScanContext } from './scan-rule.ts';

const name = '.sops.yaml';
const why =
  'SOPS takes no notice of what it does not know, and a rule with a mistake is for other files than was meant.';

/**
 * Reads every `.sops.yaml`. SOPS looks for one from the folder it is called in upwards; here the nearest above a file
 * is taken, which is the same for who works beside the file.
 *
 * @returns how to find the one for a file, and what is wrong with those that cannot be used
 */
export async function readConfigs(
  paths: Iterable<RepoPath>,
  read: (path: RepoPath) => string | undefined,
): Promise<Pick<ScanContext, 'configFor'> & { faults: ScanFinding[] }> {
  const configs = new Map<RepoPath, PlacedConfig | 'faulty'>();
  const faults: ScanFinding[] = [];
  for (const path of paths) {
    if (path !== name && !path.endsWith(`/${name}`)) continue;
    const folder = parentOf(path);
    try {
      configs.set(folder, { folder, config: await readSopsConfig({ text: read(path) ?? '', file: path }) });
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      configs.set(folder, 'faulty');
      faults.push(...faultsIn(error, path));
    }
  }
  const configFor = (path: RepoPath): PlacedConfig | 'faulty' | undefined => {
    for (let folder = parentOf(path); ; folder = parentOf(folder)) {
      const config = configs.get(folder);
      if (config !== undefined || folder === '') return config;
    }
  };
  return { configFor, faults };
}

function faultsIn({ problems, message, hint }: ExpectedError, file: RepoPath): ScanFinding[] {
  const found = problems.length > 0 ? problems : [{ message, file, ...(hint === undefined ? {} : { hint }) }];
  return found.map((problem) => {
    const fix = problem.hint ?? `Correct it; until then no file of its folder is held against it.`;
    return {
      problem: { ...problem, hint: fix, rule: 'secrets/sops-config', severity: 'error' as const },
      fix: [fix],
      shown: undefined,
      why,
    };
  });
}
