import type { Model } from '../model/model.ts';
import type { Problem } from '../problem.ts';
import type { SopsConfig } from './sops-config/sops-config.ts';
import { sopsRules } from './sops-config/sops-rules.ts';

/** Where `.sops.yaml` says something else than the model about who may read a folder. */
export function ruleDrift(model: Model, config: SopsConfig): Problem[] {
  return sopsRules(model).flatMap(({ folder, readers }) => {
    const rule = config.rules.find(({ isFor }) => isFor(`${folder}/any.sops.yaml`));
    const drift = (message: string): Problem[] => [
      {
        rule: 'secrets/rule-drift',
        severity: 'error',
        message,
        file: config.file,
        ...(rule !== undefined && { line: rule.line, column: rule.column }),
      },
    ];
    if (rule === undefined) return drift(`no rule is for ${folder}/, which flux-repo.yaml wants`);
    const found = new Set(rule.recipients.map(({ recipient }) => recipient));
    const wanted = new Set(readers.map(({ recipient }) => recipient));
    const missing = readers.filter(({ recipient }) => !found.has(recipient)).map(({ name }) => name);
    const extra = rule.recipients.filter(({ recipient }) => !wanted.has(recipient));
    if (missing.length > 0)
      return drift(`the rule for ${folder}/ lacks ${missing.join(', ')}, whom flux-repo.yaml has as a reader`);
    if (extra.length === 0) return [];
    const who = extra.map(({ comment, recipient }) => comment ?? recipient).join(', ');
    return drift(`the rule for ${folder}/ also names ${who}, whom flux-repo.yaml does not have as a reader`);
  });
}
