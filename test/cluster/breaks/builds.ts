import { manifest } from '../../check/manifests.ts';
import { added, appended, type Break, files, replaced } from './break.ts';

const { overlay, base, service, unit } = files;
const fails = /^False BuildFailed: /;

/** What kustomize, substitution and YAML refuse. */
export const builds: readonly Break[] = [
  {
    rule: 'kustomize/cycle',
    when: 'a base includes its overlay',
    edits: [appended(base, '  - ../../overlays/production/NAME\n')],
    says: /^False BuildFailed: .*cycle/,
  },
  {
    rule: 'kustomize/empty',
    when: 'a kustomization file is emptied',
    edits: [{ file: base, to: '' }],
    says: /^False BuildFailed: .*empty/,
  },
  {
    rule: 'kustomize/generator',
    when: 'a literal has no key',
    edits: [
      appended(overlay, 'configMapGenerator:\n  - name: settings\n    namespace: NAME\n    literals: [novalue]\n'),
    ],
    says: /^False BuildFailed: .*literal/,
  },
  {
    rule: 'kustomize/json-patch',
    when: 'a patch replaces what is not there',
    edits: [
      appended(
        overlay,
        'patches:\n  - target:\n      kind: Deployment\n    patch: |\n      - op: replace\n        path: /spec/nothing/here\n        value: 1\n',
      ),
    ],
    says: /^False BuildFailed: .*nothing/s,
  },
  {
    rule: 'kustomize/missing-file',
    when: 'a file is listed under another name',
    edits: [replaced(base, '- service.yaml', '- services.yaml')],
    says: /^False BuildFailed: .*services\.yaml.*no such file/,
  },
  {
    rule: 'kustomize/no-kind',
    when: 'a kind is left out',
    edits: [replaced(service, 'kind: Service\n', '')],
    says: fails,
  },
  {
    rule: 'kustomize/no-kustomization',
    when: 'a folder is listed that has no kustomization.yaml',
    edits: [replaced(overlay, '../../../base/NAME', '../../../base')],
    says: /^False BuildFailed: .*kustomization\.yaml/,
  },
  {
    rule: 'kustomize/no-name',
    when: 'a name is left out',
    edits: [replaced(service, '  name: NAME\n  namespace', '  namespace')],
    says: /^False BuildFailed: .*missing metadata\.name/,
  },
  {
    rule: 'kustomize/no-object',
    when: 'a list stands where objects are meant',
    edits: [added('---\n- one\n- two\n')],
    says: fails,
  },
  {
    rule: 'kustomize/no-target',
    when: 'replicas are set of what is not there',
    edits: [appended(overlay, 'replicas:\n  - name: nothing\n    count: 1\n')],
    says: /^False BuildFailed: .*nothing/,
  },
  {
    rule: 'kustomize/object-twice',
    when: 'an object is there twice',
    edits: [{ file: service, to: (text) => `${text}---\n${text}` }],
    says: /^False BuildFailed: .*already registered id|^False BuildFailed: .*may not add resource/,
  },
  {
    rule: 'kustomize/outside',
    when: 'a path leads out of the repository',
    edits: [appended(overlay, '  - ../../../../../outside\n')],
    says: fails,
  },
  {
    rule: 'kustomize/patch',
    when: 'a patch says nothing',
    edits: [appended(overlay, 'patches:\n  - target:\n      kind: Deployment\n')],
    says: fails,
  },
  {
    rule: 'kustomize/replacement',
    when: 'a value is taken from what is not there',
    edits: [
      appended(
        overlay,
        'replacements:\n  - source:\n      kind: ConfigMap\n      name: nothing\n    targets:\n      - select:\n          kind: Deployment\n        fieldPaths: [spec.replicas]\n',
      ),
    ],
    says: /^False BuildFailed: .*nothing/,
  },
  {
    rule: 'kustomize/sort-order',
    when: 'objects are to be in an order that there is not',
    edits: [appended(overlay, 'sortOptions:\n  order: none\n')],
    says: fails,
  },
  {
    rule: 'kustomize/selector',
    when: 'a selector is no expression',
    edits: [
      appended(
        overlay,
        'patches:\n  - target:\n      kind: Deployment\n      labelSelector: a in (\n    patch: |\n      - op: remove\n        path: /spec/replicas\n',
      ),
    ],
    says: fails,
  },
  {
    rule: 'kustomize/two-kustomizations',
    when: 'a folder gets a second kustomization file',
    edits: [{ file: 'apps/base/NAME/kustomization.yml', to: 'resources: []\n' }],
    says: /^False BuildFailed: .*multiple kustomization files/i,
  },
  {
    rule: 'kustomize/unknown-field',
    when: 'a field of kustomize is mistyped',
    edits: [appended(base, 'namespce: NAME\n')],
    says: /^False BuildFailed: .*unknown field "namespce"/,
  },
  {
    rule: 'kustomize/wrong-kind',
    when: 'a base is made a component',
    edits: [
      replaced(
        base,
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization',
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component',
      ),
    ],
    says: /^False BuildFailed: .*Component/,
  },
  {
    rule: 'kustomize/wrong-shape',
    when: 'an annotation is added to a list',
    also: ['schema/type'],
    edits: [
      appended(overlay, 'commonAnnotations:\n  a: b\n'),
      replaced(service, '  namespace: NAME\n', '  namespace: NAME\n  annotations: [a]\n'),
    ],
    says: fails,
  },
  {
    rule: 'kustomize/wrong-type',
    when: 'one file is listed without a list',
    edits: [{ file: overlay, to: 'resources: ../../../base/NAME\n' }],
    says: fails,
  },
  {
    rule: 'substitution/invalid-name',
    when: 'a variable has a name that is none',
    edits: [replaced(unit, '  postBuild:\n', '  postBuild:\n    substitute:\n      my-name: x\n')],
    says: /^False .*my-name/,
  },
  {
    rule: 'substitution/invalid-result',
    when: 'a value breaks the YAML around it',
    edits: [
      replaced(unit, '  postBuild:\n', "  postBuild:\n    substitute:\n      greeting: it's\n"),
      added(manifest('v1', 'ConfigMap', 'NAME/settings', { data: { a: 'says: ${greeting}' } })),
    ],
    says: /^False .*(yaml|YAML)/,
  },
  {
    rule: 'substitution/syntax',
    when: 'a brace is not closed',
    edits: [added(manifest('v1', 'ConfigMap', 'NAME/settings', { data: { a: '${cluster_name' } }))],
    says: /^False .*substitution/,
  },
  {
    rule: 'substitution/undefined-variable',
    when: 'a variable is not set',
    edits: [added(manifest('v1', 'ConfigMap', 'NAME/settings', { data: { a: '${nothing}' } }))],
    says: /^False .*variable not set \(strict mode\): "nothing"/,
  },
  {
    rule: 'yaml/conflict-marker',
    when: 'a merge is not finished',
    edits: [replaced(service, 'spec:\n', '<<<<<<< HEAD\nspec:\n=======\nspec:\n>>>>>>> other\n')],
    says: fails,
  },
  {
    rule: 'yaml/duplicate-key',
    when: 'a key is there twice',
    edits: [replaced(service, 'spec:\n', 'spec:\n  type: ClusterIP\n  type: ClusterIP\n')],
    says: /^False BuildFailed: .*key "type" already defined/s,
  },
  {
    rule: 'yaml/syntax',
    when: 'a bracket is not closed',
    edits: [replaced(service, 'spec:\n', 'spec:\n  externalIPs: [\n')],
    says: fails,
  },
  {
    rule: 'yaml/tab',
    when: 'a line is indented by a tab',
    edits: [replaced(service, '  selector:', '\tselector:')],
    says: fails,
  },
  {
    rule: 'yaml/unreadable',
    when: 'a file is saved as Latin-1',
    edits: [
      { file: service, to: Buffer.from('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: caf\xe9\n', 'latin1') },
    ],
    says: fails,
  },
];
