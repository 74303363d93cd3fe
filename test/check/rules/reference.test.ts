import { referenceDependsOn } from '../../../src/check/rules/reference-depends-on.ts';
import { referencePath } from '../../../src/check/rules/reference-path.ts';
import { referenceSecret } from '../../../src/check/rules/reference-secret.ts';
import { referenceServiceAccount } from '../../../src/check/rules/reference-service-account.ts';
import { referenceSource } from '../../../src/check/rules/reference-source.ts';
import { referenceSubstituteFrom } from '../../../src/check/rules/reference-substitute-from.ts';
import { referenceValuesFrom } from '../../../src/check/rules/reference-values-from.ts';
import { artifactGenerator, externalSecret, kustomization, secret } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const web = 'apps/overlays/production/web.yaml';
const extra = 'clusters/production/extra.yaml';
const release = 'infrastructure/base/cert-manager/release/release.yaml';
const crdSource = 'infrastructure/base/gateway-api/release/source.yaml';
const chartSource = 'infrastructure/base/cert-manager/release/source.yaml';
const nothing = 'which nothing in this repository makes';
const there = '(on cluster production)';

testRule(referenceDependsOn, [
  {
    when: 'a dependency is mistyped',
    edits: { [web]: ['- name: envoy-gateway-config', '- name: envoy-gatway-config'] },
    finds: [`error ${web}:8 Kustomization web waits for Kustomization envoy-gatway-config, ${nothing} ${there}`],
    hint: 'Did you mean envoy-gateway-config?',
    fix: 'envoy-gateway-config',
  },
  {
    when: 'two names are as near, so that no fix is offered',
    edits: {
      [web]: ['- name: envoy-gateway-config', '- name: app'],
      [extra]: kustomization('apt') + kustomization('ape'),
    },
    finds: [`error ${web}:8 Kustomization web waits for Kustomization app, ${nothing} ${there}`],
    hint: 'Did you mean ape?',
    fix: undefined,
  },
  {
    when: 'a HelmRelease waits for one of another namespace that is not there',
    edits: {
      [release]: ['  interval: 1h\n', '  interval: 1h\n  dependsOn:\n    - name: redis\n      namespace: cache\n'],
    },
    finds: [`error ${release}:9 HelmRelease cert-manager waits for HelmRelease cache/redis, ${nothing}`],
  },
  {
    when: 'what it waits for is in a file that a typing error hides',
    edits: { 'infrastructure/overlays/production/kustomization.yaml': ['- envoy-gateway.yaml', '- envoy-gatway.yaml'] },
    finds: [],
  },
  {
    when: 'nobody means itself',
    edits: { [web]: ['- name: envoy-gateway-config', '- name: webs'] },
    finds: [`error ${web}:8 Kustomization web waits for Kustomization webs, ${nothing} ${there}`],
    hint: referenceDependsOn.fix,
  },
  {
    when: 'nobody means flux-system by another name that ends in -system',
    edits: { [web]: ['- name: envoy-gateway-config', '- name: fly-system'], [extra]: kustomization('flux-system') },
    finds: [`error ${web}:8 Kustomization web waits for Kustomization fly-system, ${nothing} ${there}`],
    hint: referenceDependsOn.fix,
  },
  {
    when: 'one waits for what flux bootstrap makes',
    edits: { [web]: ['- name: envoy-gateway-config', '- name: flux-system'] },
    finds: [],
  },
]);

testRule(referencePath, [
  {
    when: 'the folder is renamed in the Kustomization alone',
    edits: { [web]: ['production/web\n', 'production/website\n'] },
    finds: [
      `error ${web}:12 Kustomization web reconciles ./apps/overlays/production/website, which is not there ${there}`,
    ],
  },
  {
    when: 'the folder is of another repository',
    edits: { 'infrastructure/base/gateway-api/release/crds.yaml': ['./config/crd', './config/crd/experimental'] },
    finds: [],
  },
]);

testRule(referenceSource, [
  {
    when: 'the source of a chart is renamed',
    edits: { [chartSource]: ['name: cert-manager', 'name: jetstack'] },
    finds: [`error ${release}:10 HelmRelease cert-manager takes its chart from OCIRepository cert-manager, ${nothing}`],
  },
  {
    when: 'the source of a parent is mistyped, so that its children are lost',
    edits: {
      'clusters/production/infrastructure.yaml': [
        '    name: flux-system\n  healthChecks',
        '    name: flux-sytem\n  healthChecks',
      ],
    },
    finds: [
      `error clusters/production/infrastructure.yaml:17 Kustomization infrastructure is built from GitRepository flux-sytem, ${nothing}`,
    ],
  },
  {
    when: 'a Kustomization names a source of another kind',
    edits: { [web]: ['kind: GitRepository', 'kind: ExternalArtifact'] },
    finds: [`error ${web}:18 Kustomization web is built from ExternalArtifact flux-system, ${nothing} ${there}`],
  },
  {
    when: 'an ArtifactGenerator makes the source',
    edits: {
      [web]: ['kind: GitRepository\n    name: flux-system', 'kind: ExternalArtifact\n    name: web'],
      [extra]: artifactGenerator('web'),
    },
    finds: [],
  },
]);

testRule(referenceValuesFrom, [
  {
    when: 'a ConfigMap with values is not there',
    edits: { [release]: ['  values:\n', '  valuesFrom:\n    - kind: ConfigMap\n      name: extra\n  values:\n'] },
    finds: [`error ${release}:22 HelmRelease cert-manager takes values from ConfigMap extra, ${nothing}`],
  },
  {
    when: 'a Secret with values may have been made by hand',
    edits: { [release]: ['  values:\n', '  valuesFrom:\n    - kind: Secret\n      name: acme\n  values:\n'] },
    finds: [`warning ${release}:22 HelmRelease cert-manager takes values from Secret acme, ${nothing}`],
  },
  {
    when: 'the values are optional',
    edits: {
      [release]: [
        '  values:\n',
        '  valuesFrom:\n    - kind: ConfigMap\n      name: x\n      optional: true\n  values:\n',
      ],
    },
    finds: [],
  },
]);

testRule(referenceSubstituteFrom, [
  {
    when: 'the variables of a cluster are renamed',
    edits: { 'clusters/production/cluster-vars.yaml': ['name: cluster-vars', 'name: cluster-var'] },
    finds: [
      `${web}:22 Kustomization web`,
      'infrastructure/overlays/production/cert-manager.yaml:24 Kustomization cert-manager',
      'infrastructure/overlays/production/cert-manager.yaml:49 Kustomization cert-manager-config',
      'infrastructure/overlays/production/envoy-gateway.yaml:56 Kustomization envoy-gateway',
      'infrastructure/overlays/production/envoy-gateway.yaml:81 Kustomization envoy-gateway-config',
    ].map((found) => `error ${found} takes variables from ConfigMap cluster-vars, ${nothing} ${there}`),
    hint: 'Did you mean cluster-var?',
    fix: 'cluster-var',
  },
  {
    when: 'an ExternalSecret makes the Secret with variables',
    edits: {
      [web]: ['- kind: ConfigMap\n        name: cluster-vars', '- kind: Secret\n        name: vault-vars'],
      [extra]: externalSecret('vault', 'vault-vars'),
    },
    finds: [],
  },
]);

testRule(referenceSecret, [
  {
    when: 'the name of a Secret is mistyped',
    edits: {
      [crdSource]: ['  interval: 5m\n', '  interval: 5m\n  secretRef:\n    name: git-acess\n'],
      [extra]: secret('git-access', 'flux-system'),
      'clusters/staging/extra.yaml': secret('git-access', 'flux-system'),
    },
    finds: [`error ${crdSource}:10 GitRepository gateway-api needs Secret git-acess, ${nothing}`],
    hint: 'Did you mean git-access?',
    fix: 'git-access',
  },
  {
    when: 'only one of the clusters that share a file lacks the Secret',
    edits: {
      [crdSource]: ['  interval: 5m\n', '  interval: 5m\n  secretRef:\n    name: git-acess\n'],
      [extra]: secret('git-access', 'flux-system'),
      'clusters/staging/extra.yaml': secret('git-acess', 'flux-system'),
    },
    finds: [
      `error ${crdSource}:10 GitRepository gateway-api needs Secret git-acess, ${nothing} (on cluster production)`,
    ],
    fix: undefined,
  },
  {
    when: 'the Secret is in another namespace',
    edits: {
      [chartSource]: ['  interval: 12h\n', '  interval: 12h\n  secretRef:\n    name: pull\n'],
      [extra]: secret('pull', 'flux-system'),
      'clusters/staging/extra.yaml': secret('pull', 'flux-system'),
    },
    finds: [`error ${chartSource}:9 OCIRepository cert-manager needs Secret pull, ${nothing}`],
    hint: 'There is one of this name in namespace flux-system, but cert-manager is looked into.',
  },
  {
    when: 'keys are named that nobody keeps in a repository',
    edits: {
      [web]: [
        '  prune: true\n',
        '  prune: true\n  decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n',
      ],
    },
    finds: [],
  },
]);

testRule(referenceServiceAccount, [
  {
    when: 'the account of a release is mistyped',
    edits: { [release]: ['serviceAccountName: flux-reconciler', 'serviceAccountName: flux-reconcile'] },
    finds: [`error ${release}:11 HelmRelease cert-manager acts as ServiceAccount flux-reconcile, ${nothing}`],
    hint: 'Did you mean flux-reconciler?',
    fix: 'flux-reconciler',
  },
  {
    when: 'the account is in a namespace that nothing makes, which is worse',
    edits: { [release]: ['namespace: cert-manager', 'namespace: cert-mangaer'] },
    finds: [],
  },
  {
    when: 'the account is one of another cluster',
    edits: {
      [web]: [
        'serviceAccountName: kustomize-controller',
        'serviceAccountName: deployer\n  kubeConfig:\n    secretRef:\n      name: edge-kubeconfig',
      ],
    },
    finds: [],
  },
  {
    when: 'the account is one that every namespace has',
    edits: { [release]: ['serviceAccountName: flux-reconciler', 'serviceAccountName: default'] },
    finds: [],
  },
]);
