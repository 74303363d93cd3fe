import { ExpectedError } from '../errors.ts';
import { largestScanned, type ScanReport, scanFiles } from '../secrets/scan/scan-files.ts';
import type { CommandWriter } from '../secrets/scan/scan-rule.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Contents, Tree } from '../tree/tree.ts';
import type { CheckingTool } from './checked-repository.ts';

const unnamed: CommandWriter = {
  tool: (...words) => ['create-flux-repo', ...words].join(' '),
  shell: (...words) => words.join(' '),
  stateOf: () => 'untracked',
};

/** The scan of `secrets scan`, over the same files that everything else is checked in. */
export async function exposedSecrets(
  tree: Tree,
  paths: readonly RepoPath[],
  tool: CheckingTool | undefined,
): Promise<ScanReport> {
  const files = paths.map((path) => ({ path, read: () => contentsOf(tree, path) }));
  return await scanFiles(files, { write: tool?.write ?? unnamed });
}

/** What cannot be read is told by the rules of YAML, where it is a manifest. */
function contentsOf(tree: Tree, path: RepoPath): Contents | undefined {
  try {
    const contents = tree.read(path);
    return contents === undefined || contents.length > largestScanned ? undefined : contents;
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
