import { encryptFile } from '../../src/secrets/format/encrypt-file.ts';
import { readSopsConfig } from '../../src/secrets/sops-config/read-sops-config.ts';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import type { RepositoryTree } from './repository-tree.ts';

const now = new Date('2026-01-01T00:00:00Z');

/** The same repository with its Secrets encrypted, as `secrets create` leaves them: for whom `.sops.yaml` says. */
export async function sealedTree(tree: RepositoryTree): Promise<Map<RepoPath, string>> {
  const sealed = new Map(tree);
  const config = tree.get('.sops.yaml');
  const { rules } = config === undefined ? { rules: [] } : await readSopsConfig({ text: config, file: '.sops.yaml' });
  for (const [path, text] of tree) {
    if (!/[^/]\.sops\.yaml$/.test(path)) continue;
    const rule = rules.find(({ isFor }) => isFor(path));
    if (rule === undefined) throw new Error(`no rule is for ${path}`);
    const recipients = rule.recipients.map(({ recipient }) => recipient);
    const { encryption, macOnlyEncrypted } = rule;
    sealed.set(path, await encryptFile({ text, file: path }, { recipients, rule: encryption, macOnlyEncrypted, now }));
  }
  return sealed;
}
