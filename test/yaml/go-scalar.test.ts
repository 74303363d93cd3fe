import { describe, expect, it } from 'vitest';
import { goScalar } from '../../src/yaml/go-scalar.ts';

/** `type text`, as `sops encrypt` (3.13.2) types it and Go writes it. */
function read(source: string): string {
  const scalar = goScalar(source);
  if (scalar.type === 'null') return 'null';
  return scalar.type === 'unsupported' ? 'unsupported' : `${scalar.type} ${scalar.text}`;
}

const table: Record<string, readonly (readonly [string, string])[]> = {
  'octal, binary and hexadecimal numbers': [
    ['0644', 'int 420'],
    ['-0644', 'int -420'],
    ['+0644', 'int 420'],
    ['0o17', 'int 15'],
    ['0O17', 'int 15'],
    ['0b101', 'int 5'],
    ['0B101', 'int 5'],
    ['0X1F', 'int 31'],
    ['-0x1f', 'int -31'],
    ['0b-11', 'int -3'],
    ['0B-11', 'str 0B-11'],
    ['-0b-11', 'str -0b-11'],
    ['0o+7', 'int 7'],
    ['0b102', 'str 0b102'],
    ['0x', 'str 0x'],
    ['00', 'int 0'],
    ['-0', 'int 0'],
  ],
  'underscores in numbers': [
    ['1_000', 'int 1000'],
    ['1_000.5', 'float 1000.5'],
    ['0x_f', 'int 15'],
    ['1__0_', 'int 10'],
    ['_1', 'str _1'],
    ['.5_0', 'float 0.5'],
    ['._5', 'str ._5'],
    ['.5_', 'str .5_'],
  ],
  'numbers that look octal and are not': [
    ['08', 'float 8'],
    ['0899', 'float 899'],
    ['-08', 'float -8'],
  ],
  'floats without an exponent': [
    ['1e21', 'float 1000000000000000000000'],
    ['1e-7', 'float 0.0000001'],
    ['1.0', 'float 1'],
    ['1.50', 'float 1.5'],
    ['-0.0', 'float -0'],
    ['5.', 'float 5'],
    ['.5', 'float 0.5'],
    ['1E+2', 'float 100'],
    ['123456789.125', 'float 123456789.125'],
    ['1e400', 'str 1e400'],
    ['-1e400', 'str -1e400'],
    ['1e-400', 'float 0'],
  ],
  'whole numbers at the limits': [
    ['9007199254740993', 'int 9007199254740993'],
    ['9223372036854775807', 'int 9223372036854775807'],
    ['-9223372036854775808', 'int -9223372036854775808'],
    ['9223372036854775808', 'unsupported'],
    ['18446744073709551615', 'unsupported'],
    ['+9223372036854775808', 'float 9223372036854776000'],
    ['18446744073709551616', 'float 18446744073709552000'],
    ['-9223372036854775809', 'float -9223372036854776000'],
  ],
  'words that are text since YAML 1.2': [
    ['yes', 'str yes'],
    ['no', 'str no'],
    ['on', 'str on'],
    ['off', 'str off'],
    ['y', 'str y'],
    ['n', 'str n'],
    ['1:30', 'str 1:30'],
    ['tRUE', 'str tRUE'],
    ['nULL', 'str nULL'],
    ['inf', 'str inf'],
    ['nan', 'str nan'],
    ['<<', 'str <<'],
  ],
  'booleans and nulls': [
    ['true', 'bool True'],
    ['True', 'bool True'],
    ['TRUE', 'bool True'],
    ['false', 'bool False'],
    ['FALSE', 'bool False'],
    ['', 'null'],
    ['~', 'null'],
    ['null', 'null'],
    ['NULL', 'null'],
  ],
  'infinities and no number': [
    ['.inf', 'float +Inf'],
    ['+.INF', 'float +Inf'],
    ['-.Inf', 'float -Inf'],
    ['.nan', 'float NaN'],
    ['.NaN', 'float NaN'],
    ['.Nan', 'str .Nan'],
    ['+.nan', 'str +.nan'],
  ],
  timestamps: [
    ['2001-12-14', 'time 2001-12-14T00:00:00Z'],
    ['2001-1-2', 'time 2001-01-02T00:00:00Z'],
    ['2001-12-14t21:59:43.10-05:00', 'time 2001-12-14T21:59:43.1-05:00'],
    ['2001-12-14 21:59:43.5', 'time 2001-12-14T21:59:43.5Z'],
    ['2001-12-14   1:2:3', 'time 2001-12-14T01:02:03Z'],
    ['2001-12-14T21:59:43,1234567891Z', 'time 2001-12-14T21:59:43.123456789Z'],
    ['2001-12-14T21:59:43+00:00', 'time 2001-12-14T21:59:43Z'],
    ['2001-12-14T21:59:43+01:60', 'time 2001-12-14T21:59:43+02:00'],
    ['2001-12-14T21:59:43+24:00', 'unsupported'],
    ['2000-02-29', 'time 2000-02-29T00:00:00Z'],
    ['1900-02-29', 'str 1900-02-29'],
    ['2001-13-01', 'str 2001-13-01'],
    ['2001-12-14T24:00:00Z', 'str 2001-12-14T24:00:00Z'],
    ['2001-12-14T21:59:43z', 'str 2001-12-14T21:59:43z'],
    ['2001-12-14 21:59:43 -5', 'str 2001-12-14 21:59:43 -5'],
    ['01-12-14', 'str 01-12-14'],
  ],
};

describe('a plain scalar is read as go-yaml reads it', () => {
  it.each(Object.entries(table))('%s', (_, rows) => {
    expect(rows.map(([source]) => [source, read(source)])).toEqual(rows);
  });
});
