import { describe, expect, it } from 'vitest';
import { sopsText } from '../../../src/secrets/format/refuse-text.ts';
import { complaint, file, markers, plainSecret, sealed, stranger } from './sealed-files.ts';

const marked = 'mark-er-77';

describe('a plain file is refused before anything is encrypted', () => {
  it.each([
    ['a number in stringData', 'PORT: 5432', 'sops-not-text', /has a number in stringData\.PORT/],
    ['a boolean in stringData', 'DEBUG: true', 'sops-not-text', /has a boolean in stringData\.DEBUG/],
    ['a date in stringData', 'DAY: 2001-12-14', 'sops-not-text', /has a date in stringData\.DAY/],
    ['a map in stringData', `conf: {a: ${marked}}`, 'sops-not-text', /a map or list in stringData\.conf/],
    ['an anchor', `a: &x ${marked}`, 'sops-unsupported', /:21:9 has an anchor .*stringData\.a/],
    ['an alias', `a: *x`, 'sops-unsupported', /alias/],
    ['a merge key', `<<: {a: ${marked}}`, 'sops-unsupported', /merge key/],
    ['a tag', `a: !!binary ${marked}`, 'sops-unsupported', /tag/],
    ['a key that is a number', `80: ${marked}`, 'sops-unsupported', /a key that is not a text, at stringData\.80/],
    ['a key that is null', `~: ${marked}`, 'sops-unsupported', /a key that is not a text/],
    [
      'the same key twice',
      `a: ${marked}\n  "a": x`,
      'sops-unsupported',
      /:22:3 has the same key twice, at stringData\.a/,
    ],
    ['a number too large for SOPS', 'a: 18446744073709551615', 'sops-unsupported', /9223372036854775807/],
    ['half a character', `a: "\\ud800 ${marked}"`, 'sops-unsupported', /escape of JSON/],
    ["JSON's escaped slash", `a: "\\/ ${marked}"`, 'sops-unsupported', /escape of JSON/],
    [
      'a line break only some readers know',
      `a: ${marked}\u2028b`,
      'sops-character',
      /:21:16 has the character U\+2028/,
    ],
    ['a control character', `a: ${marked}\u0007`, 'sops-character', /U\+0007/],
    ['an unfinished quote', `a: "${marked}`, 'sops-syntax', /not valid YAML/],
  ])('%s', async (_, line, code, says) => {
    const text = plainSecret.replace('  empty: ""\n', `  empty: ""\n\n\n\n  ${line}\n`);
    const refused = await complaint(() => sealed(text));
    expect(refused).toMatchObject({ code, message: expect.stringMatching(says) });
    for (const marker of [...markers, marked]) expect(refused.all).not.toContain(marker);
  });

  it.each([
    ['a list', '- a\n', 'sops-unsupported', /not a map/],
    ['a scalar', 'a\n', 'sops-unsupported', /not a map/],
    ['braces', '{stringData: {a: b}}\n', 'sops-unsupported', /in braces as a whole/],
    ['nothing', '# a comment\n', 'sops-unsupported', /is empty/],
    ['an empty first document', '---\n---\nstringData: {a: b}\n', 'sops-unsupported', /begins with an empty document/],
    ['a directive', '%YAML 1.1\n---\nstringData: {a: b}\n', 'sops-unsupported', /directive/],
    ['nothing to encrypt', 'metadata: {name: x}\n', 'sops-nothing-to-encrypt', /no value that the rule/],
    ['a sops block', 'stringData: {a: b}\nsops: {}\n', 'sops-already-encrypted', /already/],
    [
      'a tower of brackets',
      `stringData: ${'['.repeat(50_000)}${']'.repeat(50_000)}\n`,
      'sops-unsupported',
      /nested too deep/,
    ],
    ['a bare key in braces', 'stringData: {a, b: c}\n', 'sops-unsupported', /without a colon/],
  ])('%s', async (_, text, code, says) => {
    expect(await complaint(() => sealed(text))).toMatchObject({ code, message: expect.stringMatching(says) });
  });

  it('a Secret in a list, and a recipient that is none', async () => {
    const list = 'kind: List\nitems:\n  - kind: Secret\n    stringData:\n      a: 1\n';
    expect(await complaint(() => sealed(list))).toMatchObject({ code: 'sops-not-text' });
    for (const recipient of ['age1xyz', 'ssh-ed25519 AAAA', 'age1pq1xyz', ''])
      expect(await complaint(() => sealed(plainSecret, { recipients: [recipient] }))).toMatchObject({
        code: 'sops-recipient',
      });
    const identity = stranger.identity.reveal();
    const refused = await complaint(() => sealed(plainSecret, { recipients: [identity] }));
    expect(refused).toMatchObject({ code: 'sops-recipient', message: expect.stringContaining('a private key') });
    expect(refused.all).not.toContain(identity);
    expect(await complaint(() => sealed(plainSecret, { recipients: [] }))).toMatchObject({ code: 'usage' });
  });
});

describe("a file's bytes", () => {
  it('are text only when they are UTF-8, and not too large', async () => {
    expect(sopsText(Buffer.from('\uFEFFé'), file)).toBe('\uFEFFé');
    expect(await complaint(() => sopsText(Buffer.from([0x61, 0xff]), file))).toMatchObject({ code: 'sops-not-utf8' });
    expect(await complaint(() => sopsText(new Uint8Array(5 * 1024 * 1024), file))).toMatchObject({
      code: 'sops-too-large',
    });
  });
});
