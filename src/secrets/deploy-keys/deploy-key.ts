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
