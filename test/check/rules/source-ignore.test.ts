import { referenceSourceIgnore } from '../../../src/check/rules/reference-source-ignore.ts';
import { kustomization, manifest } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const extra = 'clusters/production/extra.yaml';

testRule(referenceSourceIgnore, [
  {
    when: 'a Kustomization reconciles a folder that .sourceignore does not let through',
    edits: {
      [extra]: kustomization('jobs', { path: './jobs' }),
      'jobs/job.yaml': manifest('v1', 'ConfigMap', 'web/job'),
    },
    finds: [
      `error ${extra}:10 Flux gets nothing of jobs, which Kustomization jobs reconciles: .sourceignore leaves it out`,
    ],
  },
  {
    when: 'a file of a base is left out',
    edits: { '.sourceignore': 'apps/base/web/service.yaml\n' },
    finds: [
      'error apps/base/web/kustomization.yaml:6 apps/base/web/service.yaml is here, but Flux does not get it: .sourceignore or its own exclusions leave it out',
    ],
  },
  { when: 'all that is built is let through', edits: {}, finds: [] },
]);
