import type { Finding, Rule } from '../rule.ts';

export const modelInvalid: Rule = {
  id: 'model/invalid',
  severity: 'error',
  why: 'No command can work with a flux-repo.yaml that it cannot read; clusters are not affected.',
  fix: 'Correct flux-repo.yaml at this place.',
  *find({ modelFaults }): Generator<Finding> {
    for (const { message, file = 'flux-repo.yaml', line, column, hint } of modelFaults)
      yield {
        message,
        at: { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
        ...(hint !== undefined && { hint }),
      };
  },
};
