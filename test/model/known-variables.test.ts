import { expect, test } from 'vitest';
import { generateUnits } from '../../src/generators/generate-units.ts';
import { modelFrom } from '../../src/model/complete-draft.ts';
import type { Draft } from '../../src/model/model.ts';
import { isGenerated } from '../../src/plan/entry.ts';

const made = (draft: Draft) => modelFrom(draft, { name: 'demo', id: '0123abcd' });

const textOf = (draft: Draft, path: string) =>
  generateUnits(made(draft), { toolVersion: '0.0.0' })
    .flatMap(({ entries }) => entries.filter(isGenerated))
    .find((entry) => entry.path === path)?.contents;

test.for<[string, Record<string, string>]>([
  ['a domain that is none', { domain: 'Not A Host: x' }],
  ['a Gateway in another shape', { gateway_name: 'a: b' }],
  ['a server in the clear', { acme_server: 'http://acme.example' }],
])('%s is refused: Flux puts it into manifests as it is', ([, variables]) => {
  expect(() => made({ variables })).toThrow(expect.objectContaining({ exitCode: 2, code: 'invalid-model' }));
});

test('production asks Let’s Encrypt itself, the other environments its staging server', () => {
  const draft: Draft = {
    components: {
      'cert-manager': { settings: { acmeEmail: 'platform@acme.example' } },
      'gateway-api': {},
      'envoy-gateway': {},
    },
  };
  expect(textOf(draft, 'clusters/production/cluster-vars.yaml')).toContain('acme_server: https://acme-v02.api.');
  expect(textOf(draft, 'clusters/staging/cluster-vars.yaml')).not.toContain('acme_server');
  const own = { ...draft, variables: { acme_server: 'https://acme.example/directory' } };
  expect(textOf(own, 'clusters/production/cluster-vars.yaml')).toContain('acme_server: https://acme.example/directory');
});

test('the namespace of an own chart gets the Pod Security level it needs', () => {
  const chart = { url: 'oci://ghcr.io/acme/charts/exporter', version: '1.x' };
  const draft: Draft = { components: { exporter: { chart, podSecurity: 'privileged' } } };
  expect(textOf(draft, 'infrastructure/overlays/production/namespaces.yaml')).toContain(
    'pod-security.kubernetes.io/enforce: privileged',
  );
});
