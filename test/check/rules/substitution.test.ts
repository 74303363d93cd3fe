import { substitutionNotSubstituted } from '../../../src/check/rules/substitution-not-substituted.ts';
import { manifest } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const extra = 'clusters/production/extra.yaml';

testRule(substitutionNotSubstituted, [
  {
    when: 'a variable of the cluster stands where nothing is substituted',
    edits: { [extra]: settings('${cluster_name}') },
    finds: [
      `warning ${extra}:8 \${cluster_name} in ConfigMap settings stays as it is: Kustomization flux-system substitutes nothing`,
    ],
  },
  {
    when: 'a script has variables of its own, and one is escaped',
    edits: { [extra]: settings('echo ${HOME} $${cluster_name}') },
    finds: [],
  },
]);

function settings(text: string): string {
  return manifest('v1', 'ConfigMap', 'flux-system/settings', { data: { text } });
}
