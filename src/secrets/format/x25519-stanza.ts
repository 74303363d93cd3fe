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
import type { Secret } from '../secret.ts';

/**
 * The X25519 recipient type of age with Node's own key objects: https://age-encryption.org/v1, "The X25519 recipient type".
 * age-encryption makes a key object anew for each operation, 0.8 ms each; here an identity has one for all files.
 */
const info = 'age-encryption.org/v1/X25519';
const cipher = 'chacha20-poly1305';
const authTagLength = 16;
const keyBytes = 32;
/** Each wrap key is used once. */
const nonce = Buffer.alloc(12);

const ownKeys = new WeakMap<Secret, { key: KeyObject; share: Buffer }>();

/** Encrypts for one X25519 recipient. @param makeStanza the library's class @throws Error for what is none */
export function x25519Recipient(recipient: string, makeStanza: typeof Stanza): Recipient {
  const theirs = bytesOf(recipient);
  return {
    wrapFileKey(fileKey) {
      const { privateKey, publicKey } = generateKeyPairSync('x25519');
      const share = rawOf(publicKey);
      const key = wrapKey(diffieHellman({ privateKey, publicKey: publicOf(theirs) }), share, theirs);
      const sealing = createCipheriv(cipher, key, nonce, { authTagLength });
      const body = Buffer.concat([sealing.update(fileKey), sealing.final(), sealing.getAuthTag()]);
      return [new makeStanza(['X25519', unpadded(share)], body)];
    },
  };
}

/** Decrypts with one X25519 identity. @throws Error for what is none */
export function x25519Identity(identity: Secret): Identity {
  const { key: privateKey, share: own } = ownKeyOf(identity);
  return {
    unwrapFileKey(stanzas) {
      for (const { args, body } of stanzas) {
        if (args[0] !== 'X25519') continue;
        const share = Buffer.from(args[1] ?? '', 'base64');
        if (args.length !== 2 || share.length !== keyBytes || unpadded(share) !== args[1])
          throw new Error('invalid X25519 stanza');
        const key = wrapKey(diffieHellman({ privateKey, publicKey: publicOf(share) }), share, own);
        const fileKey = opened(body, key);
        if (fileKey !== null) return fileKey;
      }
      return null;
    },
  };
}

/** Null when the stanza is for somebody else. A file key has 16 bytes. */
function opened(body: Uint8Array, key: Buffer): Uint8Array | null {
  if (body.length !== 16 + authTagLength) throw new Error('invalid X25519 stanza');
  const opening = createDecipheriv(cipher, key, nonce, { authTagLength });
  opening.setAuthTag(body.subarray(-authTagLength));
  try {
    // `new`: the library takes a plain array of bytes.
    return new Uint8Array(Buffer.concat([opening.update(body.subarray(0, -authTagLength)), opening.final()]));
  } catch {
    return null;
  }
}

function wrapKey(shared: Buffer, share: Buffer, recipient: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([share, recipient]), info, keyBytes));
}

function ownKeyOf(identity: Secret): { key: KeyObject; share: Buffer } {
  const known = ownKeys.get(identity);
  if (known !== undefined) return known;
  // RFC 8410: the 32 bytes of an X25519 key follow a fixed head
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), bytesOf(identity.reveal())]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  const own = { key, share: rawOf(createPublicKey(key)) };
  ownKeys.set(identity, own);
  return own;
}

function publicOf(raw: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), raw]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

function rawOf(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-keyBytes);
}

function bytesOf(bech32: string): Buffer {
  const bytes = decodeBech32(bech32)?.bytes;
  if (bytes?.length !== keyBytes) throw new Error('not an X25519 key');
  return Buffer.from(bytes);
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
