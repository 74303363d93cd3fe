import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { Identity, Recipient, Stanza } from 'age-encryption';
import { decodeBech32 } from '../../model/bech32.ts';
import { x25519Bytes } from '../../model/recipient.ts';
import type { Secret } from '../secret.ts';

/**
 * age's X25519 stanza on Node's own cryptography. The library goes through WebCrypto, which takes a millisecond to import a
 * private key and can neither keep it nor make one; a data key for each recipient of each file adds up.
 * https://github.com/C2SP/C2SP/blob/main/age.md#the-x25519-recipient-type
 */
const type = 'X25519';
const info = 'age-encryption.org/v1/X25519';
/** Each wrap key is used once. */
const nonce = Buffer.alloc(12);
const tagBytes = 16;

type MakeStanza = new (args: string[], body: Uint8Array) => Stanza;

/** @param text a recipient that `isRecipient` accepts */
export function x25519Recipient(text: string, makeStanza: MakeStanza): Recipient {
  const peer = publicKey(bytesOf(text));
  return {
    wrapFileKey(fileKey) {
      const ephemeral = generateKeyPairSync('x25519');
      const share = rawOf(ephemeral.publicKey);
      const key = wrapKey(ephemeral.privateKey, peer, share, rawOf(peer));
      const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagBytes });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      return [new makeStanza([type, unpadded(share)], body)];
    },
  };
}

/** @param secret an identity that `isIdentity` accepts */
export function x25519Identity(secret: Secret): Identity {
  const scalar = bytesOf(secret.reveal());
  // RFC 8410: PKCS #8 of X25519 is this and the 32 bytes.
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), scalar]);
  const own = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  scalar.fill(0);
  const recipient = rawOf(createPublicKey(own));
  return {
    unwrapFileKey(stanzas) {
      for (const { args, body } of stanzas) {
        const [kind, encoded = '', ...others] = args;
        if (kind !== type) continue;
        const share = Buffer.from(encoded, 'base64');
        if (others.length > 0 || share.length !== x25519Bytes || unpadded(share) !== encoded || body.length !== 32)
          throw new Error('not an X25519 stanza');
        const fileKey = opened(wrapKey(own, publicKey(share), share, recipient), body);
        if (fileKey !== undefined) return fileKey;
      }
      return null;
    },
  };
}

/** OpenSSL refuses a share of low order, as the specification demands. */
function wrapKey(privateKey: KeyObject, peer: KeyObject, share: Buffer, recipient: Buffer): Buffer {
  const shared = diffieHellman({ privateKey, publicKey: peer });
  return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([share, recipient]), info, 32));
}

function opened(key: Buffer, body: Uint8Array): Uint8Array | undefined {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(body.subarray(-tagBytes));
  const fileKey = decipher.update(body.subarray(0, -tagBytes));
  try {
    decipher.final();
    return fileKey;
  } catch {
    return undefined;
  }
}

function bytesOf(text: string): Buffer {
  return Buffer.from(decodeBech32(text)?.bytes ?? []);
}

function publicKey(bytes: Buffer): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: bytes.toString('base64url') }, format: 'jwk' });
}

function rawOf(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
