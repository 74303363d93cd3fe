import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decryptFile } from '../../../src/secrets/format/decrypt-file.ts';
import { inspectFile } from '../../../src/secrets/format/inspect-file.ts';
import { readSopsYaml } from '../../../src/secrets/format/read-sops-yaml.ts';
import { parseSealed } from '../../../src/secrets/format/sealed-text.ts';
import { generatedYaml } from './generated-yaml.ts';
import { anna, ben, complaint, file, markers, plainSecret, sealed } from './sealed-files.ts';

const sealedText = /#?"?ENC\[[^\]]*\]"?/g;
/** The text without its sops block and with a hole for everything encrypted. */
const outside = (text: string) => text.replace(/^sops:\r?\n(?: .*\r?\n)*/gm, '').replace(sealedText, '◻');

describe('an encrypted file', () => {
  it('has its values encrypted, everything else as it was, and the block behind it', async () => {
    const text = await sealed();
    for (const marker of markers) expect(text).not.toContain(marker);
    const holes = plainSecret
      .replace('# rotated yearly', '◻')
      .replace(markers[0] ?? '', '◻')
      .replace(`"${markers[1]}" # ask the team`, '◻ ◻')
      .replace(/\|\n.*\n.*\n/, '◻\n')
      .replace(markers[3] ?? '', '◻');
    expect(outside(text)).toBe(holes);
    const block = text.slice(text.indexOf('sops:')).replace(/^ {8}.*\n/gm, '');
    expect(block.replace(/ENC.*/, 'ENC')).toBe(
      [
        'sops:',
        '  age:',
        ...[anna, ben].flatMap(({ recipient }) => [`    - recipient: ${recipient}`, '      enc: |']),
        '  lastmodified: "2026-11-22T17:51:39Z"',
        '  mac: ENC',
        '  encrypted_regex: ^(data|stringData)$',
        '  mac_only_encrypted: true',
        '  version: 3.10.2',
        '',
      ].join('\n'),
    );
  });

  it('opens for each recipient, with every value of the same type', async () => {
    const text = await sealed(
      'stringData:\n  a: "0644"\n  b: 0644\n  c: 1.0\n  d: yes\n  e: 2001-12-14\n  f: true\n  g: ~\n',
    );
    for (const { identity } of [anna, ben]) {
      const { values } = await decryptFile({ file, text }, [identity]);
      expect(values.map(({ path, type, value }) => `${path[1]} ${type} ${value.reveal()}`)).toEqual([
        'a str 0644',
        'b int 420',
        'c float 1',
        'd str yes',
        'e time 2001-12-14T00:00:00Z',
        'f bool True',
      ]);
    }
  });

  it('gives the plain text back, whatever it looked like', async () => {
    expect((await decryptFile({ file, text: await sealed() }, [anna.identity])).text.reveal()).toBe(
      plainSecret.replace(`"${markers[1]}"`, markers[1] ?? ''),
    );
    const odd = '\uFEFF---\r\nstringData:   {a:  x,  b: [ p , "q r" ]}   # odd\r\nkind:   Other\r\n...\r\n';
    const text = await sealed(odd);
    expect(outside(text)).toBe('\uFEFF---\r\nstringData:   {a:  ◻,  b: [ ◻ , ◻ ]}   ◻\r\nkind:   Other\r\n...\r\n');
    expect((await decryptFile({ file, text }, [anna.identity])).text.reveal()).toBe(odd);
  });

  it('has the same block in each document, and none in an empty one', async () => {
    const text = await sealed('stringData:\n  a: x\n---\nstringData: {b: y}\n---\n');
    expect(text.match(/^sops:$/gm)).toHaveLength(2);
    const [one, two] = text
      .split(/^---$/m)
      .slice(0, 2)
      .map((document) => document.slice(document.indexOf('sops:')));
    expect(one).toBe(two);
    expect((await inspectFile({ file, text })).documents).toBe(3);
  });

  it('has no two values with the same IV, and no two files with the same key', async () => {
    const [one, two] = await Promise.all([sealed(), sealed()]);
    const ivs = `${one}${two}`.match(/ENC\[[^\]]*\]/g)?.map((text) => parseSealed(text)?.iv.toString('hex'));
    expect(new Set(ivs).size).toBe(ivs?.length);
    expect(one).not.toBe(two);
  });

  it.each([
    ['encrypted_suffix', '_secret', 'a_secret: 1\nb: 2\nc_secret: {d: 3}\n', ['a_secret', 'c_secret.d']],
    ['unencrypted_suffix', '_plain', 'a_plain: 1\nb: 2\nc_plain: {d: 3}\n', ['b']],
    ['encrypted_regex', '^a', 'a: 1\nb: {a: 2}\nba: 3\n', ['a', 'b.a']],
    ['unencrypted_regex', '^a', 'a: 1\nb: {a: 2}\nba: 3\n', ['ba']],
    ['encrypted_regex', '(?i)\\bA\\z', 'a: 1\nx-A: 2\nab: 3\n', ['a', 'x-A']],
  ] as const)('follows %s: %s', async (kind, pattern, plain, encrypted) => {
    const text = await sealed(plain, { rule: { kind, pattern }, macOnlyEncrypted: false });
    const { values } = await inspectFile({ file, text });
    const found = values.filter(({ state }) => state === 'encrypted').map(({ path }) => path.join('.'));
    expect(found).toEqual(encrypted);
    await expect(decryptFile({ file, text }, [ben.identity])).resolves.toBeDefined();
  });

  it('is refused when Go could not compile the rule, which would leave it in plain text', async () => {
    const rule = { kind: 'encrypted_regex', pattern: '^(?!metadata)' } as const;
    expect(await complaint(() => sealed(plainSecret, { rule }))).toMatchObject({ code: 'sops-rule' });
  });

  it('keeps values, comments and every character outside through encryption and decryption', async () => {
    const property = async (seed: number, macOnlyEncrypted: boolean) => {
      const plain = `${generatedYaml(seed).trimEnd()}\n`;
      const text = await sealed(plain, { macOnlyEncrypted });
      const opened = (await decryptFile({ file, text }, [ben.identity])).text.reveal();
      expect(readable(opened)).toEqual(readable(plain));
      const again = await sealed(opened, { macOnlyEncrypted });
      expect(outside(again)).toBe(outside(text));
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 1e9 }), fc.boolean(), property), { numRuns: 60 });
  });

  it('keeps any text there is', async () => {
    const property = async (value: string) => {
      const plain = `stringData:\n  a: ${JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\uFEFF\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n  b: x\n`;
      const opened = await decryptFile({ file, text: await sealed(plain, { recipients: [anna.recipient] }) }, [
        anna.identity,
      ]);
      expect(opened.values[0]?.value.reveal()).toBe(value);
      expect(readable(opened.text.reveal())).toEqual(readable(plain));
    };
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\n', ' ', 'a', '#', ':', '\t', '-') }),
    );
    await fc.assert(fc.asyncProperty(text, property), { numRuns: 150 });
  });

  it('takes 300 kB', async () => {
    const value = 'x y\n'.repeat(75_000);
    const text = await sealed(`stringData:\n  a: ${JSON.stringify(value)}\n`);
    expect((await decryptFile({ file, text }, [anna.identity])).values[0]?.value.reveal()).toBe(value);
  });
});

/** Everything a reader gets from a file, in order. */
function readable(text: string) {
  return readSopsYaml({ file, text }).documents.map(({ leaves, comments }) => ({
    leaves: leaves.map(({ path, value }) => ({ path, value })),
    comments: comments.map(({ text: comment }) => comment),
  }));
}
