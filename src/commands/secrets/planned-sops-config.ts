import { ExpectedError } from '../../errors.ts';
import { type Plan, plannedContents } from '../../plan/plan.ts';
import { readSopsConfig } from '../../secrets/sops-config/read-sops-config.ts';
import type { SopsConfig } from '../../secrets/sops-config/sops-config.ts';
import type { Tree } from '../../tree/tree.ts';

const sopsConfigPath = '.sops.yaml';

/**
 * `.sops.yaml` as it will be: the file decides who reads what, the rules a person wrote into it too.
 *
 * @param plan that may write it
 * @throws ExpectedError `sops-no-config`, and those of `readSopsConfig`
 */
export async function plannedSopsConfig(tree: Tree, plan: Plan | undefined): Promise<SopsConfig> {
  const text = (plan && plannedContents(plan).get(sopsConfigPath)) ?? tree.read(sopsConfigPath);
  if (typeof text === 'string') return readSopsConfig({ text, file: sopsConfigPath });
  throw new ExpectedError({
    code: 'sops-no-config',
    exitCode: 1,
    message: `cannot encrypt: ${sopsConfigPath} ${text === undefined ? 'is not there' : 'is not text'}`,
    why: ['It says for whom each folder is encrypted.'],
    hint: `bring it back: git restore ${sopsConfigPath}, or apply --theirs ${sopsConfigPath}`,
  });
}
