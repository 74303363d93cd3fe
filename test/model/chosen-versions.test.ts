import { expect, test } from 'vitest';
import { generateUnits } from '../../src/generators/generate-units.ts';
import { modelFrom } from '../../src/model/complete-draft.ts';
import type { Draft } from '../../src/model/model.ts';
import { isGenerated } from '../../src/plan/entry.ts';

const made = (draft: Draft) => modelFrom(draft, { name: 'demo', id: '0123abcd' });

test.for<[string, Draft, RegExp]>([
  ['an image in capitals', { apps: { web: { image: 'NGINX:1' } } }, /image/],
  ['a GitHub owner with a slash', { repository: { provider: 'github', owner: 'a/b' } }, /no groups/],
  [
    'a version of a component other than that of its CRDs',
    { components: { 'gateway-api': {}, 'envoy-gateway': { version: '2.x' } } },
    /stay within 1\.9\.x/,
  ],
])('%s is refused', ([, draft, reason]) => {
  expect(() => made(draft)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      problems: [expect.objectContaining({ message: expect.stringMatching(reason) })],
    }),
  );
});

test('a narrower version of the same line is taken', () => {
  const draft = { components: { 'gateway-api': {}, 'envoy-gateway': { version: '~1.9.2' } } };
  expect(made(draft).components['envoy-gateway']?.version).toBe('~1.9.2');
});

test.for<[string, string]>([
  ['oci://ghcr.io/acme/charts', 'oci://ghcr.io/acme/charts/web'],
  ['oci://ghcr.io/acme/charts/web', 'oci://ghcr.io/acme/charts/web'],
])('a chart below %s that is named "web" is fetched from %s', ([url, address]) => {
  const model = made({ components: { web: { chart: { url, name: 'web', version: '1.x' } } } });
  const files = generateUnits(model, { toolVersion: '0.0.0' }).flatMap(({ entries }) => entries.filter(isGenerated));
  const source = files.find(({ path }) => path === 'infrastructure/base/web/release/source.yaml');
  expect(source?.contents).toContain(`  url: ${address}\n`);
});
