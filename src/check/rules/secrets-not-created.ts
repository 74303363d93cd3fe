import { declaredSecrets } from '../../model/declared-secrets.ts';
import { buildProblems } from '../build-problems.ts';
import type { Finding, Rule } from '../rule.ts';
import { createWords } from '../unlisted-secrets.ts';

export const secretsNotCreated: Rule = {
  id: 'secrets/not-created',
  severity: 'error',
  isNextStep: true,
  why: 'A Secret that flux-repo.yaml declares is listed in its kustomization, which cannot be built without the file.',
  fix: 'Create it with secrets create, or take it out of flux-repo.yaml.',
  *find(repository): Generator<Finding> {
    const { model, tool } = repository;
    if (model === undefined) return;
    const declared = new Map(declaredSecrets(model).map((secret) => [secret.path, secret]));
    for (const { file, line, hidden } of buildProblems(repository)) {
      const secret = hidden?.because === 'not-created' ? declared.get(hidden.path) : undefined;
      if (secret === undefined) continue;
      yield {
        message: `the Secret ${secret.name} is declared and listed, but ${secret.path} was not created yet`,
        at: { file, ...(line !== undefined && { line }) },
        object: `Secret/${secret.namespace}/${secret.name}`,
        key: secret.path,
        ...(tool !== undefined && {
          hint: `${tool.write.tool(...createWords(secret))}, or take it out of flux-repo.yaml.`,
        }),
      };
    }
  },
};
