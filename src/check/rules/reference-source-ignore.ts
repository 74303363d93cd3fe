import { buildProblems } from '../build-problems.ts';
import type { Finding, Rule } from '../rule.ts';

export const referenceSourceIgnore: Rule = {
  id: 'reference/source-ignore',
  severity: 'error',
  why: 'Flux does not get what .sourceignore or its own exclusions leave out, so the build fails in the cluster only.',
  fix: 'Let .sourceignore include the file, or move it.',
  *find(repository): Generator<Finding> {
    for (const { file, line, hidden } of buildProblems(repository))
      if (hidden?.because === 'not-sent')
        yield {
          message: `${hidden.path} is here, but Flux does not get it: .sourceignore or its own exclusions leave it out`,
          at: { file, ...(line !== undefined && { line }) },
          key: hidden.path,
        };
  },
};
