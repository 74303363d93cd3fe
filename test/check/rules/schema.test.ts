import type { Rule } from '../../../src/check/rule.ts';
import { schema } from '../../../src/check/rules/schema.ts';
import { testRule } from '../rule-cases.ts';

const deployment = 'apps/base/web/deployment.yaml';
const release = 'infrastructure/base/cert-manager/release/release.yaml';
const roles = 'infrastructure/base/gateway-api/release/aggregated-roles.yaml';

testRule(ruleNamed('schema/unknown-field'), [
  {
    when: 'a field of a custom resource is mistyped, which the API server refuses',
    edits: { [release]: ['  interval: 1h\n', '  intervall: 1h\n  interval: 1h\n'] },
    finds: [`error ${release}:7 HelmRelease cert-manager: spec.intervall is not a field of spec`],
  },
  {
    when: "a field of one of Kubernetes' own kinds is mistyped, which Flux leaves out",
    edits: { [deployment]: ['replicas: 2', 'replica: 2'] },
    finds: [`warning ${deployment}:9 Deployment web: spec.replica is not a field of spec`],
    hint: 'Did you mean replicas?',
  },
  {
    when: 'a field of a role is mistyped, which Flux takes as it is',
    edits: { [roles]: ['    resources:\n', '    resource: x\n    resources:\n'] },
    finds: [`error ${roles}:12 ClusterRole gateway-api-routes-edit: rules[0].resource is not a field of rules[0]`],
  },
  { when: 'all fields are known', edits: {}, finds: [] },
]);

function ruleNamed(id: string): Rule {
  const rule = schema.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}
