import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeValues, type ValueChange } from '../../../src/secrets/format/change-values.ts';
import { decryptFile } from '../../../src/secrets/format/decrypt-file.ts';
import { encryptEdited } from '../../../src/secrets/format/encrypt-edited.ts';
import { Secret } from '../../../src/secrets/secret.ts';
import { generatedYaml } from './generated-yaml.ts';
import { anna, ben, complaint, file, markers, sealed, secretRule, stranger } from './sealed-files.ts';

const later = new Date('2027-01-02T03:04:05Z');
const how = { identities: [anna.identity], now: later };
const text = await sealed();

const change = (changes: ValueChange[], before = text) => changeValues({ file, text: before }, changes, how);
const set = (path: ValueChange['path'], value: string): ValueChange => ({ path, value: new Secret(value) });
const opened = async (after: string) => (await decryptFile({ file, text: after }, [ben.identity])).text.reveal();
/** The lines that differ, without the MAC and the time. */
const changedLines = (after: string, before = text) => {
  const [old, young] = [before, after].map((each) =>
    each.split('\n').filter((line) => !/^ {2}(mac|lastmodified):/.test(line)),
  );
  return [old?.filter((line) => !young?.includes(line)), young?.filter((line) => !old?.includes(line))];
};

describe('setting a value', () => {
  it('changes its line, the MAC and the time, and nothing else', async () => {
    const after = await change([set(['stringData', 'user'], 'mark-er-new')]);
    expect(after).toContain('lastmodified: "2027-01-02T03:04:05Z"');
    expect(changedLines(after)).toEqual([
      [expect.stringMatching(/^ {2}user: ENC/)],
      [expect.stringMatching(/^ {2}user: ENC/)],
    ]);
    expect(await opened(after)).toBe((await opened(text)).replace(markers[0] ?? '', 'mark-er-new'));
  });

  it('to what it is already changes nothing at all', async () => {
    expect(await change([set(['stringData', 'user'], markers[0] ?? '')])).toBe(text);
  });

  it('keeps the comment behind it', async () => {
    const after = await change([set(['stringData', 'password'], 'two\nlines\n')]);
    expect(await opened(after)).toContain('password: "two\\nlines\\n" # ask the team');
  });

  it('that is new puts it last in its map', async () => {
    const after = await change([
      set(['stringData', 'NEW'], 'new'),
      set(['data', 'tls.crt'], 'bg=='),
      set(['stringData', '80'], 'x'),
    ]);
    expect(await opened(after)).toBe(
      (await opened(text))
        .replace('data:\n  blob: bWFyay1lci1iNjQ=\n', 'data:\n  blob: bWFyay1lci1iNjQ=\n  tls.crt: bg==\n')
        .replace('  empty: ""\n', '  empty: ""\n  NEW: new\n  "80": x\n'),
    );
  });

  it.each([
    ['stringData:\n', 'data:\n  a: b\nstringData:\n  K: v\n'],
    ['stringData: {}\n', 'data:\n  a: b\nstringData:\n  K: v\n'],
    ['stringData: # c\n', 'data:\n  a: b\nstringData:\n  K: v # c\n'],
    ['', 'data:\n  a: b\nstringData:\n  K: v\n'],
    ['stringData: {x: y}\n', 'data:\n  a: b\nstringData: {x: "y", K: v}\n'],
    ['stringData: {x: {z: w}}\n', 'data:\n  a: b\nstringData: {x: {z: w}, K: v}\n'],
    ['stringData:\n    x: y\n', 'data:\n  a: b\nstringData:\n    x: "y"\n    K: v\n'],
    ['stringData:\n  K: # c\n', 'data:\n  a: b\nstringData:\n  K: v # c\n'],
    ['stringData:\n  K:\n', 'data:\n  a: b\nstringData:\n  K: v\n'],
    ['stringData:\n  K: |\n    old\n\nx: z\n', 'data:\n  a: b\nstringData:\n  K: v\n\nx: z\n'],
  ])('finds its place in %j', async (plain, expected) => {
    const before = await sealed(`data:\n  a: b\n${plain}`);
    expect(await opened(await change([set(['stringData', 'K'], 'v')], before))).toBe(expected);
  });

  it('keeps the line ends of the file', async () => {
    const before = await sealed('stringData:\r\n  a: b\r\n');
    const after = await change([set(['stringData', 'c'], 'one\ntwo\n')], before);
    expect(after).not.toMatch(/[^\r]\n/);
    expect(await opened(after)).toBe('stringData:\r\n  a: b\r\n  c: |\r\n    one\r\n    two\r\n');
  });

  it('reaches items of lists, deep maps and other documents', async () => {
    const before = await sealed('data: {a: b}\n---\nstringData:\n  list:\n    - one\n    - name: two\n');
    const after = await change(
      [
        { ...set(['stringData', 'list', 0], '1'), document: 1 },
        { ...set(['stringData', 'list', 1, 'name'], 'x'), document: 1 },
        { ...set(['stringData', 'list', 1, 'more', 'deep'], 'z'), document: 1 },
      ],
      before,
    );
    expect(await opened(after)).toBe(
      'data: {a: b}\n---\nstringData:\n  list:\n    - "1"\n    - name: x\n      more:\n        deep: z\n',
    );
  });

  it('to nothing leaves it unencrypted, as SOPS does', async () => {
    const after = await change([set(['stringData', 'user'], '')]);
    expect(after).toContain('  user: ""\n');
  });
});

describe('taking a value out', () => {
  const path = ['stringData', 'b'];
  it.each([
    ['stringData:\n  a: x\n  b: z # c\n  c: w\n', 'stringData:\n  a: x\n  c: w\n'],
    ['stringData:\n  b: |\n    z\n  c: w\n', 'stringData:\n  c: w\n'],
    ['stringData:\n  b: z\nx: w\n', 'stringData: {}\nx: w\n'],
    ['stringData: {a: x, b: z, c: w}\n', 'stringData: {a: x, c: w}\n'],
    ['stringData: {a: x, b: z}\n', 'stringData: {a: x}\n'],
    ['stringData: { b: z }\n', 'stringData: {}\n'],
    ['stringData:\n  a: x\n  b: {c: d}\n', 'stringData:\n  a: x\n'],
    ['stringData:\n  a: x\n  b:\n    - c\n    - d\n', 'stringData:\n  a: x\n'],
    ['stringData:\n  a: x\n\n  # stays\n  b: z', 'stringData:\n  a: x\n\n  # stays\n'],
  ])('leaves the rest of %j', async (plain, expected) => {
    expect(await opened(await change([{ path }], await sealed(`${plain.trimEnd()}\ndata:\n  token: t\n`)))).toBe(
      `${expected}data:\n  token: t\n`,
    );
  });

  it('keeps the dash of a list', async () => {
    const before = await sealed('stringData:\n  list:\n    - a: x\n      b: z\n    - c: w\n');
    const after = await change([{ path: ['stringData', 'list', 0, 'a'] }], before);
    expect(await opened(after)).toBe('stringData:\n  list:\n    - b: z\n    - c: w\n');
  });
});

describe('any file', () => {
  it('keeps every other value when one is set, and all but what was below a key when that is taken out', async () => {
    const property = async (seed: number, pick: number, isSet: boolean) => {
      const before = await sealed(generatedYaml(seed));
      const values = async (after: string) => {
        const { values: all } = await decryptFile({ file, text: after }, [ben.identity]);
        return new Map(
          all.map((each) => [JSON.stringify([each.document, each.path]), `${each.type} ${each.value.reveal()}`]),
        );
      };
      const expected = await values(before);
      const places = [...expected.keys()].filter((place) => isSet || !/\d\]\]$/.test(place));
      const place = places[pick % places.length] ?? '';
      const [document, path] = JSON.parse(place);
      const value = isSet ? { value: new Secret('set: # x') } : {};
      const after = await values(await change([{ document, path, ...value }], before));
      if (isSet) expected.set(place, 'str set: # x');
      else expected.delete(place);
      expect([...after]).toEqual([...expected]);
    };
    const seeds = fc.integer({ min: 0, max: 1e9 });
    await fc.assert(fc.asyncProperty(seeds, fc.nat(), fc.boolean(), property), { numRuns: 60 });
  });
});

describe('a change is refused', () => {
  it.each([
    [
      'where the rule leaves plain text',
      [set(['metadata', 'name'], 'mark-er-x')],
      'sops-not-covered',
      /metadata\.name .*not encrypted/,
    ],
    ['in the sops block', [set(['sops', 'data'], 'mark-er-x')], 'sops-not-covered', /sops\.data/],
    ['where a map stands', [set(['stringData'], 'mark-er-x')], 'sops-not-a-value', /is a map/],
    [
      'below a value',
      [set(['stringData', 'user', 'x'], 'mark-er-x')],
      'sops-not-a-value',
      /stringData\.user is a value/,
    ],
    ['at an index that is not there', [set(['stringData', 3], 'mark-er-x')], 'sops-no-such-key', /not there/],
    ['for a key that is not there', [{ path: ['stringData', 'usr'] }], 'sops-no-such-key', /stringData\.usr/],
    [
      'in a document that is not there',
      [{ ...set(['data', 'x'], 'y'), document: 4 }],
      'sops-no-such-key',
      /no document 5/,
    ],
    ['with half a character', [set(['data', 'x'], 'mark-er-\ud800')], 'sops-character', /not text/],
  ] as const)('%s', async (_, changes, code, says) => {
    const refused = await complaint(() => change([...changes]));
    expect(refused).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(refused.all).not.toContain('mark-er-');
  });

  it('with the key that was meant', async () => {
    await expect(change([{ path: ['stringData', 'passwort'] }])).rejects.toMatchObject({
      hint: 'Did you mean password?',
    });
  });

  it('without a private key that fits', async () => {
    const identities = [stranger.identity];
    const act = () => changeValues({ file, text }, [set(['data', 'x'], 'y')], { identities, now: later });
    expect(await complaint(act)).toMatchObject({ code: 'sops-wrong-identity' });
  });

  it('when the file was tampered with before', async () => {
    const tampered = text.replace(/^ {2}user: .*\n/m, '');
    expect(await complaint(() => change([set(['data', 'x'], 'y')], tampered))).toMatchObject({
      code: 'sops-mac-mismatch',
    });
  });
});

describe('an edited plain text', () => {
  const edit = async (act: (plain: string) => string) =>
    encryptEdited({ file, text }, new Secret(act(await opened(text))), how);

  it('that was not edited gives the same file', async () => {
    expect(await edit((plain) => plain)).toBe(text);
  });

  it('keeps the ciphertext of what is the same at the same place', async () => {
    const after = await edit((plain) => plain.replace(markers[0] ?? '', 'other').replace('# kept', '# edited'));
    expect(changedLines(after)).toEqual([
      ['  name: database # kept', expect.stringMatching(/^ {2}user: ENC/)],
      ['  name: database # edited', expect.stringMatching(/^ {2}user: ENC/)],
    ]);
    expect(await opened(after)).toContain('user: other\n');
  });

  it('never gives a value the ciphertext of another place', async () => {
    const after = await edit((plain) => plain.replace(/user: .*/, `user: ${markers[1]}`));
    expect(await opened(after)).toContain(`user: ${markers[1]}\n`);
  });

  it('may have another shape altogether', async () => {
    const after = await edit(() => 'kind: Secret\nstringData: {a: b}\n');
    expect(after.startsWith('kind: Secret\nstringData: {a: "ENC[')).toBe(true);
    expect(await opened(after)).toBe('kind: Secret\nstringData: {a: b}\n');
  });

  it('is refused like any plain file', async () => {
    expect(await complaint(() => edit((plain) => plain.replace(/user: .*/, 'user: 5')))).toMatchObject({
      code: 'sops-not-text',
    });
    expect(await complaint(() => edit(() => 'kind: [mark-er'))).toMatchObject({ code: 'sops-syntax' });
  });

  it('keeps comments that cannot be read as they are', async () => {
    const strange = await sealed('stringData:\n  a: b\n', { rule: secretRule });
    const [line = ''] = /^ {2}#ENC.*/m.exec(text) ?? [];
    const before = strange.replace('stringData:\n', `stringData:\n${line}\n`);
    const plain = (await decryptFile({ file, text: before }, [anna.identity])).text.reveal();
    expect(plain).toBe(`stringData:\n${line}\n  a: b\n`);
  });
});
