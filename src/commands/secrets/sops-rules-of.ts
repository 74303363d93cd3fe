import { ExpectedError } from '../../errors.ts';
import type { Problem } from '../../problem.ts';
import { readSopsConfig } from '../../secrets/sops-config/read-sops-config.ts';
import type { SopsConfig } from '../../secrets/sops-config/sops-config.ts';
import type { Tree } from '../../tree/tree.ts';

/** `.sops.yaml` of a repository, or what is wrong with it. Without the file there are no rules. */
export async function sopsRulesOf(
  tree: Tree,
): Promise<{ config: SopsConfig | undefined; problems: readonly Problem[] }> {
  const file = '.sops.yaml';
  const text = tree.read(file);
  if (text === undefined) return { config: { file, rules: [], indent: undefined }, problems: [] };
  try {
    return { config: await readSopsConfig({ file, text: typeof text === 'string' ? text : '' }), problems: [] };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { config: undefined, problems: error.problems };
  }
}
