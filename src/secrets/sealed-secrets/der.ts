/**
 * The few pieces of DER (X.690) that a certificate is made of. Each is a tag, a length and contents.
 * https://www.itu.int/rec/T-REC-X.690
 */
const tags = { integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, utf8: 0x0c, utcTime: 0x17 };
const generalizedTime = 0x18;
const constructed = { sequence: 0x30, set: 0x31 };

function element(tag: number, contents: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(contents.length)]), contents]);
}

/** Lengths below 128 are one byte; longer ones are preceded by how many bytes they take. */
function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 0x100)) bytes.unshift(rest % 0x100);
  return [0x80 | bytes.length, ...bytes];
}

/** SEQUENCE of elements that are DER already. */
export function sequence(...elements: readonly Uint8Array[]): Buffer {
  return element(constructed.sequence, Buffer.concat(elements));
}

/** SET of one element; several would have to be sorted. */
export function setOf(member: Uint8Array): Buffer {
  return element(constructed.set, member);
}

/** INTEGER from a number that is not negative, most significant byte first. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const shortest = first === -1 ? Buffer.from([0]) : bytes.subarray(first);
  // A first bit that is set would make it negative.
  const isNegative = (shortest[0] ?? 0) >= 0x80;
  return element(tags.integer, isNegative ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
}

/** OBJECT IDENTIFIER from its dotted form, for example `2.5.4.3`. */
export function objectIdentifier(dotted: string): Buffer {
  const [one = 0, two = 0, ...others] = dotted.split('.').map(Number);
  return element(tags.oid, Buffer.from([one * 40 + two, ...others.flatMap(base128)]));
}

/** Seven bits a byte; all but the last have the eighth bit set. */
function base128(part: number): number[] {
  const bytes = [part % 0x80];
  for (let rest = Math.floor(part / 0x80); rest > 0; rest = Math.floor(rest / 0x80))
    bytes.unshift(0x80 | (rest % 0x80));
  return bytes;
}

/** UTF8String. */
export function utf8(text: string): Buffer {
  return element(tags.utf8, Buffer.from(text));
}

/** A moment, in seconds: up to 2049 with two digits for the year, later with four (RFC 5280 4.1.2.5). */
export function time(moment: Date): Buffer {
  const digits = `${moment
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '')}Z`;
  return moment.getUTCFullYear() < 2050
    ? element(tags.utcTime, Buffer.from(digits.slice(2)))
    : element(generalizedTime, Buffer.from(digits));
}

/** BIT STRING of whole bytes. */
export function bitString(bytes: Uint8Array): Buffer {
  return element(tags.bitString, Buffer.concat([Buffer.from([0]), bytes]));
}

/** OCTET STRING. */
export function octetString(bytes: Uint8Array): Buffer {
  return element(tags.octetString, bytes);
}

/** BOOLEAN true. */
export const isTrue: Uint8Array = Buffer.from([0x01, 0x01, 0xff]);

/** NULL. */
export const nothing: Uint8Array = Buffer.from([tags.null, 0]);

/** An element inside the context-specific tag `[number]`. */
export function tagged(number: number, inside: Uint8Array): Buffer {
  return element(0xa0 | number, inside);
}
