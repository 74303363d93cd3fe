const armor = /^\s*-----BEGIN AGE ENCRYPTED FILE-----\r?\n([A-Za-z0-9+/=\s]+)-----END AGE ENCRYPTED FILE-----\s*$/;

/** 16 bytes of nonce, 32 of data key, 16 of tag. */
const payloadBytes = 64;

/**
 * Whether a text is a file of age in its armor, whole, with a data key in it. Whether the key opens anything, only its
 * identity tells. https://age-encryption.org/v1
 */
export function isSealedDataKey(text: string): boolean {
  const lines = armor.exec(text)?.[1]?.replaceAll(/\s/g, '');
  if (lines === undefined) return false;
  const bytes = Buffer.from(lines, 'base64');
  if (bytes.toString('base64') !== lines) return false;
  const header = /^age-encryption\.org\/v1\n(?:->|[^-])[\s\S]*?\n--- [A-Za-z0-9+/]{43}\n/.exec(
    bytes.toString('latin1'),
  )?.[0];
  return header !== undefined && bytes.length - header.length === payloadBytes;
}
