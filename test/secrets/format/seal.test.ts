import { describe, expect, it } from 'vitest';
import { macText } from '../../../src/secrets/format/mac.ts';
import { additionalDataOf, seal, unseal } from '../../../src/secrets/format/seal.ts';
import { formatSealed, parseSealed } from '../../../src/secrets/format/sealed-text.ts';

const range = (from: number) => Buffer.from(Array.from({ length: 32 }, (_, at) => from + at));
const key = range(0x00);
const iv = range(0x20);
const ivText = 'ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=';

/** Made with the same key and IV by another implementation, which real sops opened. */
const known = [
  ['str', 'admin', 'stringData:USER:', 'dqWcIeM=', 'giUpIsMUFfwqk9Z75HZDOA=='],
  ['int', '420', 'stringData:MODE:', 'I/PB', 'Ss9EvYHmI0PdTc+gUz2OAQ=='],
  ['bool', 'True', 'stringData:B:', 'Q7OELQ==', 'DDwwSAxWMIhd6wxHtRcpuA=='],
  ['comment', ' a secret comment', 'stringData:', 'N6DRO+hspEaycQUYi+0EkfM=', 'Xcy9Cnw+npdPvbiWDfCBDw=='],
  ['comment', ' head', ':', 'N6mUKek=', '35s3tVglv/Ng+wvAo9kAlw=='],
] as const;

describe('a sealed value', () => {
  it.each(known)('%s %j bound to %s is what others make of it', (type, text, place, data, tag) => {
    const sealed = seal(text, type, place, key, () => iv);
    expect(sealed).toBe(`ENC[AES256_GCM,data:${data},iv:${ivText},tag:${tag},type:${type}]`);
    const parsed = parseSealed(sealed);
    expect(parsed && unseal(parsed, place, key)).toBe(text);
    expect(parsed && unseal(parsed, `${place}x`, key)).toBeUndefined();
    expect(parsed && unseal(parsed, place, range(1))).toBeUndefined();
  });

  it('is bound to the keys on the way, not to list indexes', () => {
    expect(additionalDataOf(['stringData', 'list', 0, 'name'])).toBe('stringData:list:name:');
    expect(additionalDataOf([])).toBe(':');
  });

  it('has a new IV of 32 bytes every time', () => {
    const ivs = [1, 2].map(() => parseSealed(seal('x', 'str', 'a:', key))?.iv);
    expect(ivs.map((each) => each?.length)).toEqual([32, 32]);
    expect(ivs[0]).not.toEqual(ivs[1]);
  });

  const [whole = ''] = known.map(([type, text, place]) => seal(text, type, place, key, () => iv));
  it.each([
    ['something behind it', `${whole} `],
    ['something before it', ` ${whole}`],
    ['a lost bracket', whole.slice(0, -1)],
    ['base64 without its padding', whole.replace('dqWcIeM=', 'dqWcIeM')],
    ['base64 with bits that mean nothing', whole.replace('dqWcIeM=', 'dqWcIeN=')],
    ['a blank in the base64', whole.replace('dqWc', 'dq Wc')],
    ['no ciphertext', whole.replace('dqWcIeM=', '')],
    ['an unknown type', whole.replace('type:str', 'type:map')],
    ['another cipher', whole.replace('AES256_GCM', 'AES128_GCM')],
    ['a tag of four bytes', whole.replace('giUpIsMUFfwqk9Z75HZDOA==', 'giUpIg==')],
    ['an IV of eight bytes', whole.replace(ivText, 'ICEiIyQlJic=')],
  ])('is not read with %s', (_, text) => {
    expect(text).not.toBe(whole);
    expect(parseSealed(text)).toBeUndefined();
  });

  it('that is not UTF-8 inside does not open', () => {
    const sealed = parseSealed(seal('é', 'str', 'a:', key, () => iv));
    expect(sealed && formatSealed(sealed)).toContain('ENC[');
    expect(sealed && unseal({ ...sealed, ciphertext: sealed.ciphertext.subarray(0, 1) }, 'a:', key)).toBeUndefined();
  });
});

describe('the MAC', () => {
  it('is over the values only, in order', () => {
    expect(macText(['v1', 'Secret', 'app', 'admin'], false)).toBe(
      'C12AAB0D33065917EE084B64BA418C8A924E6760499BF57155680835E85044288D4CDAB471C8158D20A47FD55FD5B7085A1333A179B05B118838C56A0C935731',
    );
    expect(macText(['admin'], true)).toBe(
      'A29BF39C6A516C3B0988BD7CB7B02713AF5651DBAA74E458BB0D4F69C290038358F4C2605516689F7A4A51D4381D565FE6D431BCB115378A11DAE0A30F403561',
    );
  });
});
