import { Decrypter, Encrypter, Stanza } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { x25519Identity, x25519Recipient } from '../../../src/secrets/format/x25519-stanza.ts';

const [anna, ben] = await Promise.all([generateAgeKey(), generateAgeKey()]);
const plain = Buffer.from('32 bytes of a data key, or more.');

async function encrypted(...recipients: (string | ReturnType<typeof x25519Recipient>)[]) {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plain);
}

function decrypted(file: Uint8Array, identity: string | ReturnType<typeof x25519Identity>) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(file).then((bytes) => Buffer.from(bytes));
}

describe('X25519 on Node and as age’s author wrote it', () => {
  test('open what the other encrypted', async () => {
    for (let round = 0; round < 20; round++) {
      const key = await generateAgeKey();
      const ours = await encrypted(x25519Recipient(key.recipient, Stanza));
      expect(await decrypted(ours, key.identity.reveal())).toEqual(plain);
      expect(await decrypted(await encrypted(key.recipient), x25519Identity(key.identity))).toEqual(plain);
      expect(await decrypted(ours, x25519Identity(key.identity))).toEqual(plain);
    }
  });

  test('find their own stanza among others', async () => {
    const file = await encrypted(ben.recipient, x25519Recipient(anna.recipient, Stanza));
    expect(await decrypted(file, x25519Identity(anna.identity))).toEqual(plain);
    expect(await decrypted(file, x25519Identity(ben.identity))).toEqual(plain);
  });

  test('open nothing that is for somebody else, or was touched', async () => {
    const file = await encrypted(x25519Recipient(anna.recipient, Stanza));
    await expect(decrypted(file, x25519Identity(ben.identity))).rejects.toThrow();
    for (let at = 24; at < file.length; at += 3) {
      const flipped = Uint8Array.from(file, (byte, index) => (index === at ? byte ^ 1 : byte));
      await expect(decrypted(flipped, x25519Identity(anna.identity)), `byte ${at}`).rejects.toThrow();
    }
  });

  test('refuse stanzas that are not written as they must be', async () => {
    const [stanza] = await x25519Recipient(anna.recipient, Stanza).wrapFileKey(new Uint8Array(16).fill(7));
    if (stanza === undefined) throw new Error('no stanza');
    const identity = x25519Identity(anna.identity);
    expect(await identity.unwrapFileKey([stanza])).toEqual(new Uint8Array(16).fill(7));
    const [kind = '', share = ''] = stanza.args;
    const wrong = [
      new Stanza([kind, share, 'more'], stanza.body),
      new Stanza([kind, `${share}=`], stanza.body),
      new Stanza([kind, share.slice(0, -4)], stanza.body),
      new Stanza([kind, share], stanza.body.subarray(1)),
      // Of low order: every private key makes the same secret of it.
      new Stanza([kind, 'A'.repeat(43)], stanza.body),
    ];
    for (const each of wrong) expect(() => identity.unwrapFileKey([each])).toThrow();
    expect(await identity.unwrapFileKey([new Stanza(['ssh-ed25519', share], stanza.body)])).toBeNull();
  });
});
