import { describe, expect, test } from 'vitest';
import type { Draft } from '../../src/model/model.ts';
import { completeModel } from '../support/complete-model.ts';
import {
  misplacedSecrets,
  prunedNamespaces,
  shortTimeouts,
  unsetVariables,
  wrongKustomizations,
  wrongReleases,
} from '../support/flux-rule-checks.ts';
import { circles, danglingFiles, danglingReferences, orphans, ownedTwice } from '../support/reference-checks.ts';
import { repositoryTree } from '../support/repository-tree.ts';
import { invalidObjects } from '../support/schema-checks.ts';
import { ambiguousYaml, quotedDurations, untidyText, unusualStyle } from '../support/text-checks.ts';

const checks = [
  ...[misplacedSecrets, prunedNamespaces, shortTimeouts, unsetVariables, wrongKustomizations, wrongReleases],
  ...[circles, danglingFiles, danglingReferences, orphans, ownedTwice, invalidObjects],
  ...[ambiguousYaml, quotedDurations, untidyText, unusualStyle],
];

const chart = { url: 'oci://ghcr.io/acme/charts/db', version: '1.x' };
const own = 'ssh://git@github.com/acme/search';
const secrets = { key: { environments: ['production'], keys: ['password'] } };

/** All that may be removed, as far as `removing` says. */
function drafted(layout: Draft['layout'], parts: Partial<Draft>): Draft {
  return {
    layout,
    clusters: { production: { environment: 'production' }, staging: { environment: 'staging' } },
    components: { 'cert-manager': {}, 'gateway-api': {}, 'envoy-gateway': {}, ...parts.components },
    apps: { web: { image: 'nginx:1.27' }, db: { chart, secrets }, ...parts.apps },
    teams: { shop: { source: 'path' }, search: { source: own, secrets }, ...parts.teams },
  };
}

const phases: [string, Partial<Draft>][] = [
  ['a team without what is applied for it', { teams: { shop: { source: 'path', removing: { phase: 'sync' } } } }],
  [
    'no team with anything applied',
    {
      teams: {
        shop: { source: 'path', removing: { phase: 'sync' } },
        search: { source: own, secrets, removing: { phase: 'sync' } },
      },
    },
  ],
  ['an app without its release', { apps: { db: { chart, secrets, removing: { phase: 'release' } } } }],
  ...(['config', 'release'] as const).flatMap((phase) =>
    ([false, true] as const).map((crds): [string, Partial<Draft>] => [
      `a component without its ${phase}${crds ? ', and soon its CRDs' : ''}`,
      { components: { 'envoy-gateway': { removing: { phase, ...(crds && { crds }) } } } },
    ]),
  ),
];

/** A team's own folder waits for the last phase, and a parent that leaves with its teams takes along what is left of them. */
const expected = [/^teams\/shop\/kustomization\.yaml$/, /flux-system\/tenants: spec\.deletionPolicy/];

describe.each(['standard', 'multi-tenant', 'fleet'] as const)(
  'between two phases of a removal, in layout %s',
  (layout) => {
    test.each(phases)('%s is a sound repository', (_, parts) => {
      const tree = repositoryTree(completeModel(drafted(layout, parts)));
      const found = checks.flatMap((check) => check(tree));
      expect(found.filter((finding) => !expected.some((known) => known.test(finding)))).toEqual([]);
    });
  },
);
