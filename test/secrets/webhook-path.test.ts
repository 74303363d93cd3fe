import { expect, test } from 'vitest';
import { Secret } from '../../src/secrets/secret.ts';
import { webhookPath } from '../../src/secrets/webhook-path.ts';

// printf 'tokennamenamespace' | sha256sum
test('the path of a webhook is the one that Flux computes', () => {
  expect(webhookPath(new Secret('token'), { name: 'name', namespace: 'namespace' })).toBe(
    '/hook/033cd85fb94eef8b750b62b37d50fa65adb47b1f0ab5d6a8f9f6692e516e686a',
  );
});
