import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { Secret } from '../../src/secrets/secret.ts';

const marker = 'AGE-SECRET-KEY-MARKER';
const secret = new Secret(marker);

describe('a secret', () => {
  it('is given back only when asked for by name', () => {
    expect(secret.reveal()).toBe(marker);
  });

  it.each<[string, () => unknown]>([
    ['a template', () => `key: ${secret}`],
    ['joining', () => ['a', secret].join()],
    ['turning it into a text', () => String(secret)],
    ['JSON', () => JSON.stringify({ secret, deep: [{ secret }] })],
    ['inspecting', () => inspect({ secret }, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true })],
    ['inspecting without its own method', () => inspect({ secret }, { customInspect: false, showHidden: true })],
    ['spreading', () => inspect({ ...secret })],
    ['cloning', () => inspect(structuredClone({ secret }))],
    ['its keys', () => inspect(Reflect.ownKeys(secret))],
    ['an error it caused', () => inspect(new Error('x', { cause: secret }))],
    [
      'an expected error it caused',
      () => inspect(new ExpectedError({ code: 'x', exitCode: 1, message: 'x', cause: { secret } })),
    ],
  ])('is not seen through %s', (_way, shown) => {
    expect(String(shown())).not.toContain('MARKER');
  });

  it('says that something was left out', () => {
    expect([`${secret}`, JSON.stringify({ secret }), inspect({ secret })]).toEqual([
      '[redacted]',
      '{"secret":"[redacted]"}',
      '{ secret: [redacted] }',
    ]);
  });
});
