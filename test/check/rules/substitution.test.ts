import { substitution } from '../../../src/check/rules/substitution.ts';
import { substitutionNotSubstituted } from '../../../src/check/rules/substitution-not-substituted.ts';
import { manifest } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const extra = 'clusters/production/extra.yaml';
const [, , substitutionSyntax] = substitution;
if (substitutionSyntax?.id !== 'substitution/syntax') throw new Error('there is another rule in its place');

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

const service = 'apps/base/web/service.yaml';

testRule(substitutionSyntax, [
  {
    when: 'an expression of one value is not closed',
    edits: {
      [service]: ['    app.kubernetes.io/name: web\nspec', '    app.kubernetes.io/name: web\n    team: ${team\nspec'],
    },
    finds: [
      `error ${service}:8 a closing brace is missing, or what is in the braces is no substitution: Service web cannot be applied`,
    ],
  },
  {
    when: 'a script in a text of several lines has arrays of bash',
    edits: {
      [service]: [
        'apiVersion: v1\nkind: Service',
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: run\n  namespace: web\ndata:\n  one: text\n  run.sh: |\n    # ${domain}\n    echo "${all[@]}"\n---\napiVersion: v1\nkind: Service',
      ],
    },
    finds: [
      `error ${service}:10 a closing brace is missing, or what is in the braces is no substitution: ConfigMap run cannot be applied`,
    ],
  },
  {
    when: 'it is escaped',
    edits: {
      [service]: ['    app.kubernetes.io/name: web\nspec', '    app.kubernetes.io/name: web\n    team: $${team\nspec'],
    },
    finds: [],
  },
]);
