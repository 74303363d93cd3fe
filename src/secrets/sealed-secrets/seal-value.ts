import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';

/** Where a sealed value may be opened: under this name in this namespace, nowhere else ("strict" scope). */
export interface SealedPlace {
  namespace: string;
  name: string;
}

/**
 * Seals one value as the controller expects it: the length of the wrapped key in two bytes, a session key wrapped by RSA-OAEP
 * (SHA-256) under the label `namespace/name`, the value by AES-256-GCM under the session key. A session key seals one value
 * only, which is why the nonce may be zero.
 * https://github.com/bitnami-labs/sealed-secrets/blob/v0.36.6/pkg/crypto/crypto.go
 *
 * @returns base64, as it stands in `spec.encryptedData`
 */
export function sealValue(value: Uint8Array, publicKey: KeyObject, { namespace, name }: SealedPlace): string {
  const sessionKey = randomBytes(32);
  try {
    const oaepLabel = Buffer.from(`${namespace}/${name}`);
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const wrapped = publicEncrypt({ key: publicKey, padding, oaepHash: 'sha256', oaepLabel }, sessionKey);
    const cipher = createCipheriv('aes-256-gcm', sessionKey, Buffer.alloc(12));
    const sealed = [cipher.update(value), cipher.final(), cipher.getAuthTag()];
    const length = Buffer.alloc(2);
    length.writeUInt16BE(wrapped.length);
    return Buffer.concat([length, wrapped, ...sealed]).toString('base64');
  } finally {
    sessionKey.fill(0);
  }
}
