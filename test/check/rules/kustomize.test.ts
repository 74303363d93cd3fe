import { expect, test } from 'vitest';
import { kustomizeBuild } from '../../../src/check/rules/kustomize-build.ts';
import { kustomizeNotBuilt } from '../../../src/check/rules/kustomize-not-built.ts';
import { foundIn } from '../changed-tree.ts';
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

const overlay = 'apps/overlays/production/web/kustomization.yaml';
const patch = (text: string) => `  - target: {kind: Deployment, name: web}\n    patch: |\n      ${text}\n`;
const patches = `resources:\n  - ../../../base/web\npatches:\n${patch('- {op: replace, path: /spec/replicas, value: 3}')}${patch('- {op: remove, path: /spec/nothing}')}  - patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: web}}'\n`;

test('Patches of what a typing error hides are not told beside it', async () => {
  const edits = { [overlay]: patches, [base]: ['- deployment.yaml', '- deploymnt.yaml'] as const };
  const problems = await foundIn('default', edits, kustomizeBuild);

  expect(problems.map(({ rule, file }) => `${rule} ${file}`)).toEqual([`kustomize/missing-file ${base}`]);
});

test('A patch that does not fit is told where all is there', async () => {
  const problems = await foundIn('default', { [overlay]: patches }, kustomizeBuild);

  expect(problems.map(({ rule, line }) => `${rule} ${line}`)).toEqual(['kustomize/json-patch 7']);
});
