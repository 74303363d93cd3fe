import { kustomizeNotBuilt } from '../../../src/check/rules/kustomize-not-built.ts';
import { testRule } from '../rule-cases.ts';

const base = 'apps/base/web/kustomization.yaml';
const remote = 'https://github.com/acme/web//deploy?ref=v1';
const listed: [string, string] = ['resources:\n', `resources:\n  - ${remote}\n`];

testRule(kustomizeNotBuilt, [
  {
    when: 'a base is fetched from another repository',
    edits: { [base]: listed },
    finds: [`warning ${base}:4 the remote base ${remote} is not built here`],
  },
  {
    when: 'one of two clusters is locked down, so that it refuses remote bases, which is told elsewhere',
    edits: {
      [base]: listed,
      'clusters/production/flux-system/kustomization.yaml': [
        '        value: --feature-gates=CancelHealthCheckOnNewRevision=true\n',
        '        value: --no-remote-bases=true\n',
      ],
    },
    finds: [`warning ${base}:4 the remote base ${remote} is not built here (on cluster staging)`],
  },
  { when: 'all is here', edits: {}, finds: [] },
]);
