const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const checksumLength = 6;
/** A checksum over more characters no longer finds every mistake it promises to. */
const mostCharacters = 90;

/**
 * Reads a Bech32 text (BIP 173): prefix, the last `1`, data, six characters of checksum.
 *
 * @returns the prefix as written and the data as bytes; `undefined` when the checksum, the case or the padding is wrong
 */
export function decodeBech32(text: string): { prefix: string; bytes: Uint8Array } | undefined {
  if (text.length > mostCharacters || (text !== text.toLowerCase() && text !== text.toUpperCase())) return undefined;
  const separator = text.lastIndexOf('1');
  const prefix = text.slice(0, separator);
  const words = [...text.slice(separator + 1).toLowerCase()].map((character) => alphabet.indexOf(character));
  if (separator < 1 || !/^[\x21-\x7e]+$/.test(prefix) || words.includes(-1) || words.length < checksumLength)
    return undefined;
  if (checksum([...expanded(prefix.toLowerCase()), ...words]) !== 1) return undefined;
  const bytes = toBytes(words.slice(0, -checksumLength));
  return bytes && { prefix, bytes };
}

/** The prefix takes part in the checksum: high bits, a zero, low bits. */
function expanded(prefix: string): number[] {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function checksum(words: readonly number[]): number {
  let sum = 1;
  for (const word of words) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ word;
    for (const [bit, term] of generator.entries()) if ((top >> bit) & 1) sum ^= term;
  }
  return sum;
}

/** Regroups five bits to eight. What is left over must be fewer than five bits, all zero. */
function toBytes(words: readonly number[]): Uint8Array | undefined {
  const bytes: number[] = [];
  let rest = 0;
  let bits = 0;
  for (const word of words) {
    rest = ((rest << 5) | word) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((rest >> bits) & 0xff);
  }
  const isPadded = bits < 5 && (rest & ((1 << bits) - 1)) === 0;
  return isPadded ? Uint8Array.from(bytes) : undefined;
}
