import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Secret } from '../secret.ts';

/** A key that may read one repository. */
export interface DeployKey {
  /** The private half, in OpenSSH's own format: what `ssh` reads, Flux does too. */
  identity: Secret;
  /** The public half as a provider is given it: `ssh-ed25519 AAAA… comment`. */
  publicKey: string;
}

const algorithm = Buffer.from('ssh-ed25519');

/** Both halves are the last 32 bytes of what Node exports. https://www.rfc-editor.org/rfc/rfc8410#section-7 */
const keyBytes = 32;

/** Lines of PEM. https://www.rfc-editor.org/rfc/rfc7468#section-2 */
const lineLength = 64;

/** Makes an ed25519 key pair. @param comment one word, to know the key by in a provider's list */
export function generateDeployKey(comment: string): DeployKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-keyBytes);
  const seed = privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-keyBytes);
  const blob = Buffer.concat([sized(algorithm), sized(point)]);
  return {
    identity: new Secret(privateText(blob, { seed, point, comment })),
    publicKey: `${algorithm.toString()} ${blob.toString('base64')} ${comment}`,
  };
}

/**
 * The public half that stands in the clear in a private key without a passphrase, with its comment.
 *
 * @throws Error when it is not in the format that `generateDeployKey` writes
 */
export function publicHalf(identity: Secret): string {
  const base64 = /^-----BEGIN OPENSSH PRIVATE KEY-----\n([A-Za-z0-9+/=\n]+)\n-----END/.exec(identity.reveal())?.[1];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  let at = Buffer.byteLength('openssh-key-v1\0');
  const next = () => {
    const length = bytes.readUInt32BE(at);
    at += 4 + length;
    return bytes.subarray(at - length, at);
  };
  const [cipher, kdf, options] = [next(), next(), next()];
  at += 4;
  const blob = next();
  if (cipher.toString() !== 'none' || kdf.toString() !== 'none' || options.length > 0 || !blob.includes(algorithm))
    throw new Error('not a deploy key of ours');
  // Behind the length of all of it come two checks, the public half again, both halves and the comment.
  at += 4 + 8 + blob.length;
  next();
  return `${algorithm.toString()} ${blob.toString('base64')} ${next().toString('utf8')}`;
}

/** https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key, without a passphrase: Flux is there alone */
function privateText(blob: Buffer, { seed, point, comment }: { seed: Buffer; point: Buffer; comment: string }): string {
  const none = sized(Buffer.from('none'));
  const check = randomBytes(4);
  const own = Buffer.concat([check, check, blob, sized(Buffer.concat([seed, point])), sized(Buffer.from(comment))]);
  const padding = Buffer.from(Array.from({ length: (8 - (own.length % 8)) % 8 }, (_, index) => index + 1));
  const bytes = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[none, none, sized(Buffer.alloc(0))],
    ...[number(1), sized(blob), sized(Buffer.concat([own, padding]))],
  ]);
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}

/** A string as SSH writes it: its length, then its bytes. https://www.rfc-editor.org/rfc/rfc4251#section-5 */
function sized(bytes: Buffer): Buffer {
  return Buffer.concat([number(bytes.length), bytes]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
