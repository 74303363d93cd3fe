import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBech32 } from '../../src/model/bech32.ts';
import { isRecipient } from '../../src/model/recipient.ts';
import { generateAgeKey, isIdentity, recipientOf } from '../../src/secrets/age-identity.ts';
import { generateKeys } from '../../src/secrets/generate-keys.ts';

describe('an age key', () => {
  it('opens what was encrypted to its recipient', async () => {
    const { identity, recipient } = await generateAgeKey();
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity.reveal());
    expect(await decrypter.decrypt(await encrypter.encrypt('hello'), 'text')).toBe('hello');
  });

  it('is X25519, and its recipient can be found again', async () => {
    const { identity, recipient } = await generateAgeKey();
    expect(identity.reveal()).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/);
    expect(isIdentity(identity.reveal())).toBe(true);
    expect(isRecipient(recipient)).toBe(true);
    expect(await recipientOf(identity)).toBe(recipient);
  });

  it('is a new one for each name, in order', async () => {
    const names = [{ kind: 'cluster', name: 'a' }, { kind: 'team', name: 'a' }, { kind: 'recovery' }] as const;
    const keys = await generateKeys(names);
    expect(keys.map(({ key }) => key)).toEqual(names);
    expect(new Set(keys.map(({ recipient }) => recipient)).size).toBe(3);
  });

  it('is not made twice for one name', async () => {
    await expect(generateKeys([{ kind: 'recovery' }, { kind: 'recovery' }])).rejects.toThrow('two keys of one name');
  });
});

describe('a recipient', () => {
  it('is refused in every other form', async () => {
    const { identity, recipient } = await generateAgeKey();
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    const others = [
      recipient.toUpperCase(),
      ` ${recipient}`,
      `${recipient}\n`,
      recipient.slice(0, -1),
      identity.reveal(),
      hybrid,
    ];
    for (const other of [...others, '', 'age1', 'ssh-ed25519 AAAA', 'a12uel5l'])
      expect([other, isRecipient(other)]).toEqual([other, false]);
  });

  it('with characters exchanged is refused exactly when age refuses it', async () => {
    const { recipient } = await generateAgeKey();
    const character = fc.constantFrom(...'qpzry9x8gf2tvdw0s3jn54khce6mua7lbio1A');
    const change = fc.tuple(fc.nat(recipient.length - 1), character);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const characters = [...recipient];
        for (const [at, to] of changes) characters[at] = to;
        const text = characters.join('');
        expect(isRecipient(text)).toBe(ageAccepts(text));
        if (text !== recipient) expect(isRecipient(text)).toBe(false);
      }),
    );
  });
});

function ageAccepts(recipient: string): boolean {
  try {
    new Encrypter().addRecipient(recipient);
    return true;
  } catch {
    return false;
  }
}

// https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki, "Test vectors"
describe('Bech32', () => {
  it('reads what the standard calls valid', () => {
    expect(decodeBech32('A12UEL5L')).toEqual({ prefix: 'A', bytes: new Uint8Array() });
    expect(decodeBech32('a12uel5l')).toEqual({ prefix: 'a', bytes: new Uint8Array() });
    expect(decodeBech32('?1ezyfcl')).toEqual({ prefix: '?', bytes: new Uint8Array() });
    const longest = 'an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs';
    expect(decodeBech32(longest)?.bytes).toEqual(new Uint8Array());
  });

  it.each([
    'an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx',
    ' 1nwldj5',
    '\x7f1axkwrx',
    '\x801eym55h',
    'pzry9x0s0muk',
    '1pzry9x0s0muk',
    'x1b4n0q5v',
    'li1dgmt3',
    'de1lg7wt\xff',
    'A1G7SGD8',
    '10a06t8',
    '1qzzfhee',
    'a12UEL5L',
  ])('refuses %j as the standard does', (text) => {
    expect(decodeBech32(text)).toBeUndefined();
  });
});
