import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactorOf } from '../../src/publish/redactor.ts';
import { Secret } from '../../src/secrets/secret.ts';

const anyToken = fc
  .string({ minLength: 12, maxLength: 60, unit: 'grapheme-ascii' })
  .filter((text) => text.trim() === text);

describe('what goes out', () => {
  it('holds no secret as it is, in a URL, in JSON or in hex', () => {
    fc.assert(
      fc.property(anyToken, (token) => {
        const redact = redactorOf([new Secret(token)]);
        for (const form of [
          token,
          encodeURIComponent(token),
          JSON.stringify(token).slice(1, -1),
          Buffer.from(token).toString('hex'),
        ])
          expect(redact(`before ${form} after`)).not.toContain(form);
      }),
    );
  });

  it('holds no secret in base64, whatever stands around it', () => {
    fc.assert(
      fc.property(anyToken, fc.string(), fc.string(), (token, before, after) => {
        const text = Buffer.from(`${before}${token}${after}`).toString('base64');
        const redacted = redactorOf([token])(text).replaceAll('[redacted]', '');
        expect(Buffer.from(redacted, 'base64').toString()).not.toContain(token);
        expect(redacted.length).toBeLessThan(text.length);
      }),
    );
  });

  it.each([
    'ghp_0123456789abcdefghij',
    'ghs_12345_eyJhbGciOi.eyJpc3M-aaaa',
    'github_pat_11AAAAAAA0123456789_abc',
    'glpat-abcdefghij0123456789',
    'gldt-abcdefghij0123456789',
  ])('holds nothing that looks like a token: %s', (token) => {
    expect(redactorOf([])(`url https://x:${token}@host`)).toBe('url https://x:[redacted]@host');
  });

  it('is left alone otherwise, also when a secret is too short to be one', () => {
    expect(redactorOf(['abc', ''])('abc is the alphabet')).toBe('abc is the alphabet');
  });
});
