import { expect, test } from 'vitest';
import { completeModel } from '../support/complete-model.ts';
import {
  misplacedSecrets,
  prunedCrds,
  prunedNamespaces,
  shortTimeouts,
  unsetVariables,
  wrongKustomizations,
  wrongReleases,
} from '../support/flux-rule-checks.ts';
import { circles, danglingFiles, danglingReferences, orphans, ownedTwice } from '../support/reference-checks.ts';
import { type RepositoryTree, repositoryTree } from '../support/repository-tree.ts';
import { invalidObjects } from '../support/schema-checks.ts';
import { ambiguousYaml, quotedDurations, untidyText, unusualStyle } from '../support/text-checks.ts';

const good = repositoryTree(
  completeModel({
    clusters: {
      production: { environment: 'production', secrets: { 'git-token': { keys: ['password'] } } },
      staging: { environment: 'staging' },
    },
    apps: {
      web: { image: 'nginx:1.27', secrets: { db: { environments: ['staging'], keys: ['password'] } } },
    },
  }),
);

const overlays = 'infrastructure/overlays/production';
const certManager = `${overlays}/cert-manager.yaml`;
const release = 'infrastructure/base/cert-manager/release/release.yaml';
const deployment = 'apps/base/web/deployment.yaml';
const web = 'apps/overlays/production/web.yaml';
const infrastructure = 'clusters/production/infrastructure.yaml';

/** The good repository with one text replaced in one file; throws when there is nothing to replace. */
function broken(path: string, from: string | RegExp, to: string): RepositoryTree {
  const text = good.get(path) ?? '';
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${path} has no ${from}`);
  return new Map(good).set(path, changed);
}

function without(path: string): RepositoryTree {
  const tree = new Map(good);
  if (!tree.delete(path)) throw new Error(`there is no ${path}`);
  return tree;
}

type Case = [fault: string, check: (tree: RepositoryTree) => string[], tree: RepositoryTree, finding: RegExp];

const cases: Case[] = [
  ['no newline at the end', untidyText, broken(release, /\n$/, ''), /one newline/],
  ['two newlines at the end', untidyText, broken(release, /\n$/, '\n\n'), /one newline/],
  ['a carriage return', untidyText, broken(release, '\n', '\r\n'), /carriage return/],
  ['a tab', untidyText, broken(release, 'spec:', 'spec:\t# x'), /tab/],
  ['a blank at the end of a line', untidyText, broken(release, 'spec:', 'spec: '), /blank/],
  ['a next-line character', untidyText, broken(release, 'spec:', 'spec: # \u0085x'), /hidden/],
  ['a mustache left over', untidyText, broken(release, 'spec:', 'spec: # {{name}}'), /template/],
  ['a quoted duration', quotedDurations, broken(release, /interval: (.*)/, 'interval: "$1"'), /release\.yaml/],
  [
    'text that YAML 1.1 takes for a number',
    ambiguousYaml,
    broken(release, /interval: .*/, 'interval: 1:30'),
    /different/,
  ],
  ['a key twice', ambiguousYaml, broken(release, 'spec:', 'kind: X\nspec:'), /unique/],
  ['a flow map', unusualStyle, broken(release, /spec:/, 'x: {a: b}\nspec:'), /flow/],
  [
    'a list that is not indented',
    unusualStyle,
    broken(certManager, '    - kind: ConfigMap', '  - kind: ConfigMap'),
    /indented/,
  ],
  ['an unknown field', invalidObjects, broken(release, 'upgrade:', 'upgrades:'), /upgrades/],
  ['an API version that is gone', invalidObjects, broken(release, 'fluxcd.io/v2', 'fluxcd.io/v2beta1'), /removed/],
  ['an unknown kind', invalidObjects, broken(deployment, 'kind: Deployment', 'kind: Deploymen'), /no kind/],
  ['a resource that is not there', danglingFiles, without(release), /release\.yaml is not there/],
  [
    'a path that is not there',
    danglingFiles,
    broken(web, /path: .*/, 'path: ./apps/overlays/production/nowhere'),
    /no folder/,
  ],
  ['a file that nothing lists', orphans, new Map(good).set('apps/base/web/stray.yaml', 'a: b\n'), /stray/],
  [
    'an object in two files',
    ownedTwice,
    broken(web, /$/, `---\n${good.get(certManager)}`),
    /cert-manager is applied by/,
  ],
  [
    'a dependency that is not there',
    danglingReferences,
    broken(certManager, '- name: gateway-api', '- name: gateway'),
    /gateway$/,
  ],
  [
    'a health check of nothing',
    danglingReferences,
    broken(infrastructure, 'name: cert-manager', 'name: cert'),
    /cert$/,
  ],
  ['a source that is not there', danglingReferences, broken(web, 'name: flux-system', 'name: flux'), /GitRepository/],
  ['an account that is not there', danglingReferences, broken(release, 'flux-reconciler', 'flux'), /ServiceAccount/],
  [
    'a chart without its source',
    danglingReferences,
    broken(release, /kind: OCIRepository\n {4}name: .*/, 'kind: OCIRepository\n    name: x'),
    /OCIRepository/,
  ],
  [
    'a namespace that is not there',
    danglingReferences,
    broken(deployment, 'namespace: web', 'namespace: wob'),
    /Namespace/,
  ],
  [
    'a route to no service',
    danglingReferences,
    broken('apps/base/web/httproute.yaml', '- name: web', '- name: wob'),
    /Service/,
  ],
  [
    'a circle',
    circles,
    broken(`${overlays}/gateway-api.yaml`, 'spec:', 'spec:\n  dependsOn:\n    - name: cert-manager-config'),
    /->/,
  ],
  [
    'no account on a child',
    wrongKustomizations,
    broken(web, '  serviceAccountName: kustomize-controller\n', ''),
    /serviceAccountName/,
  ],
  ['a child that does not wait', wrongKustomizations, broken(web, '  wait: true\n', ''), /wait/],
  ['a child without variables', wrongKustomizations, broken(web, / {2}postBuild:[\s\S]*/, ''), /postBuild/],
  [
    'a parent that deletes',
    wrongKustomizations,
    broken(infrastructure, '  deletionPolicy: Orphan\n', ''),
    /deletionPolicy/,
  ],
  [
    'a parent with variables',
    wrongKustomizations,
    broken(infrastructure, 'spec:', 'spec:\n  postBuild: {}'),
    /postBuild/,
  ],
  [
    'decryption of nothing',
    wrongKustomizations,
    broken(web, 'spec:', 'spec:\n  decryption:\n    provider: sops'),
    /decryption/,
  ],
  [
    'a Secret that is not decrypted',
    wrongKustomizations,
    broken('apps/overlays/staging/web.yaml', / {2}decryption:\n.*\n.*\n.*\n/, ''),
    /decryption/,
  ],
  [
    'a Secret that is declared and not there',
    danglingFiles,
    without('apps/overlays/staging/web/db.sops.yaml'),
    /db\.sops\.yaml is not there/,
  ],
  [
    'an infrastructure that does not wait for the Secrets of Flux',
    misplacedSecrets,
    broken(infrastructure, / {2}dependsOn:\n.*\n/, ''),
    /waits for cluster-secrets: false/,
  ],
  [
    "an app's Secret for Flux",
    misplacedSecrets,
    broken('apps/overlays/staging/web/db.sops.yaml', 'namespace: web', 'namespace: flux-system'),
    /flux-system\/db is applied by web/,
  ],
  [
    'something encrypted where nothing decrypts',
    misplacedSecrets,
    new Map(good).set('clusters/production/x.sops.yaml', 'a: b\n'),
    /clusters\/production\/x\.sops\.yaml is encrypted/,
  ],
  [
    'CRDs that would be pruned',
    prunedCrds,
    broken(`${overlays}/gateway-api.yaml`, 'prune: false', 'prune: true'),
    /prune/,
  ],
  [
    'a namespace that would be pruned',
    prunedNamespaces,
    broken(`${overlays}/namespaces.yaml`, 'prune: disabled', 'prune: x'),
    /pruned/,
  ],
  [
    'an account without rights',
    wrongReleases,
    broken(`${overlays}/namespaces.yaml`, /subjects:\n.*\n.*\n/, 'subjects:\n'),
    /rights/,
  ],
  ['a timeout that is too short', shortTimeouts, broken(infrastructure, /timeout: .*/, 'timeout: 1m'), /waits 60/],
  ['a variable nobody sets', unsetVariables, broken(deployment, /image: .*/, 'image: nginx:${tag}'), /\$\{tag\}/],
  [
    'a variable where nothing is substituted',
    unsetVariables,
    broken(web, /interval: .*/, 'interval: ${x:=1m}'),
    /\$\{x/,
  ],
];

test.for(cases)('the checks of these tests find %s', ([, check, tree, finding]) => {
  expect(check(good)).toEqual([]);
  expect(check(tree).join('\n')).toMatch(finding);
});
