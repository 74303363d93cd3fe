import { expect, test } from 'vitest';
import { integer, objectIdentifier, octetString, time } from '../../../src/secrets/sealed-secrets/der.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test.each([
  ['00', '020100'],
  ['0001', '020101'],
  ['7f', '02017f'],
  // not -128
  ['80', '02020080'],
  ['00ff00', '020300ff00'],
])('the number %s is %s', (bytes, expected) => {
  expect(hex(integer(Buffer.from(bytes, 'hex')))).toBe(expected);
});

test.each([
  [127, '047f'],
  [128, '048180'],
  [255, '0481ff'],
  [256, '04820100'],
  [70_000, '0483011170'],
])('%i bytes begin with %s', (length, expected) => {
  const bytes = octetString(Buffer.alloc(length, 1));
  expect(hex(bytes.subarray(0, bytes.length - length))).toBe(expected);
});

test('parts of an identifier take seven bits a byte', () => {
  // https://learn.microsoft.com/en-us/windows/win32/seccertenroll/about-object-identifier
  expect(hex(objectIdentifier('1.3.6.1.4.1.311.21.20'))).toBe('06092b0601040182371514');
  expect(hex(objectIdentifier('1.2.840.113549.1.1.11'))).toBe('06092a864886f70d01010b');
});

test.each([
  ['2049-12-31T23:59:59.999Z', '170d3439313233313233353935395a'],
  ['2050-01-01T00:00:00.000Z', '180f32303530303130313030303030305a'],
])('%s has as many digits as its century asks for', (moment, expected) => {
  expect(hex(time(new Date(moment)))).toBe(expected);
});
