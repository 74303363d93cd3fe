import { describe, expect, test } from 'vitest';
import { changesFor, keyPlace, keysOf } from '../../../src/secrets/values/key-place.ts';
import { textValue, valueOfBytes } from '../../../src/secrets/values/secret-value.ts';

const secret = {
  file: 'db.sops.yaml',
  text: 'kind: Secret\ndata:\n  store: AAA=\n  a.b: AAA=\nstringData:\n  password: x\n  tls.crt: y\n  data.z: w\n',
};
const other = { file: 'values.sops.yaml', text: 'kind: HelmValues\ndata:\n  users:\n    - name: x\n' };

describe('KEY in a Secret', () => {
  test.each([
    ['password', ['stringData', 'password'], false],
    ['tls.crt', ['stringData', 'tls.crt'], false],
    ['store', ['data', 'store'], true],
    ['a.b', ['data', 'a.b'], true],
    ['new', ['stringData', 'new'], false],
    ['data.z', ['stringData', 'data.z'], false],
    ['data.new', ['data', 'new'], true],
    ['stringData.tls.crt', ['stringData', 'tls.crt'], false],
    ['data["a.b"]', ['data', 'a.b'], true],
  ])('%s is %j', (text, path, isEncoded) => {
    expect(keyPlace(secret, text)).toEqual({ path, key: path[1], isEncoded });
  });

  test('its keys are those of both fields', () => {
    expect(keysOf(secret)).toEqual(['a.b', 'data.z', 'password', 'store', 'tls.crt']);
    expect(keysOf({ ...other, text: 'kind: Secret\n' })).toEqual([]);
  });
});

describe('KEY elsewhere is a path', () => {
  test.each([
    ['data.users[0].name', ['data', 'users', 0, 'name']],
    ['data["a.b"].c', ['data', 'a.b', 'c']],
    ['["a"]', ['a']],
  ])('%s', (text, path) => {
    expect(keyPlace(other, text)).toEqual({ path, key: undefined, isEncoded: false });
  });

  test.each(['', 'a..b', 'a[x]', 'a.', 'a[0', 'a]b'])('%j is none', (text) => {
    expect(() => keyPlace(other, text)).toThrow('is no path of a value');
  });
});

describe('a value for it', () => {
  const revealed = (key: string, value: ReturnType<typeof textValue>, source = secret) =>
    changesFor(keyPlace(source, key), value, source).map((change) => [change.path, change.value?.reveal()]);
  const bytes = valueOfBytes(Buffer.from([0xff]));

  test('is base64 below data', () => {
    expect(revealed('store', textValue('a'))).toEqual([[['data', 'store'], 'YQ==']]);
    expect(revealed('store', bytes)).toEqual([[['data', 'store'], '/w==']]);
  });

  test('that is no text moves from stringData to data', () => {
    expect(revealed('password', bytes)).toEqual([
      [['data', 'password'], '/w=='],
      [['stringData', 'password'], undefined],
    ]);
    expect(revealed('new', bytes)).toEqual([[['data', 'new'], '/w==']]);
  });

  test('must be text in another kind of object', () => {
    expect(revealed('data.x', textValue('a'), other)).toEqual([[['data', 'x'], 'a']]);
    expect(() => revealed('data.x', bytes, other)).toThrow('not UTF-8 text');
  });
});
