import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { newBlockFile, readBlock, writeBlock } from '../../src/plan/block.ts';
import type { BlockEntry } from '../../src/plan/entry.ts';

const block = (change: Partial<BlockEntry> = {}): BlockEntry => ({
  kind: 'block',
  path: '.gitignore',
  id: 'keys',
  contents: '*.agekey\n',
  position: 'first',
  comment: 'hash',
  ...change,
});

const region = '# flux-repo:begin keys (managed, edit outside)\n*.agekey\n# flux-repo:end keys';

describe('a block in a file people write in too', () => {
  it('makes the file with its frame when there is none', () => {
    expect(newBlockFile(block({ frame: { before: 'creation_rules:\n', after: 'stores: {}\n' } }))).toBe(
      `creation_rules:\n${region}\nstores: {}\n`,
    );
  });

  it('goes first or last in a file that has none, set off by an empty line', () => {
    expect(writeBlock('node_modules\n', block())).toBe(`${region}\n\nnode_modules\n`);
    expect(writeBlock('node_modules', block({ position: 'last' }))).toBe(`node_modules\n\n${region}\n`);
    expect(writeBlock('', block())).toBe(`${region}\n`);
  });

  it('does not use the frame when the file exists', () => {
    expect(writeBlock('', block({ frame: { before: 'before\n', after: 'after\n' } }))).toBe(`${region}\n`);
  });

  it('replaces only our region, also when the last line ending is missing', () => {
    const text = `mine\n${region.replace('*.agekey', 'old\nlines')}`;
    expect(writeBlock(text, block())).toBe(`mine\n${region}`);
  });

  it('is written in Markdown and HTML as a comment', () => {
    const readme = writeBlock('# Fleet\n', block({ comment: 'html', position: 'last', contents: 'text\n' }));
    expect(readme).toBe(
      '# Fleet\n\n<!-- flux-repo:begin keys (managed, edit outside) -->\ntext\n<!-- flux-repo:end keys -->\n',
    );
    expect(readBlock(readme, block({ comment: 'html' }))).toBe('text\n');
  });

  it('indents its markers like its first line, so that it fits into a YAML list', () => {
    const rules = block({ path: '.sops.yaml', position: 'last', contents: '  - path_regex: a\n    age: age1\n' });
    expect(writeBlock('creation_rules:\n', rules)).toBe(
      'creation_rules:\n\n  # flux-repo:begin keys (managed, edit outside)\n  - path_regex: a\n    age: age1\n  # flux-repo:end keys\n',
    );
  });

  it('keeps CRLF, also inside, and the byte order mark in front', () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    const written = writeBlock(`\uFEFF${crlf('mine\n')}`, block());
    expect(written).toBe(`\uFEFF${crlf(`${region}\n\nmine\n`)}`);
    expect(readBlock(written, block())).toBe('*.agekey\n');
    expect(writeBlock(written, block({ contents: 'a\nb\n' }))).toBe(written.replace('*.agekey', 'a\r\nb'));
  });

  it('may be empty', () => {
    const empty = writeBlock('', block({ contents: '' }));
    expect(readBlock(empty, block())).toBe('');
    expect(writeBlock(empty, block())).toBe(`${region}\n`);
  });

  it('lives beside blocks with other ids', () => {
    const two = writeBlock(writeBlock('', block()), block({ id: 'keys-2', contents: 'other\n', position: 'last' }));
    expect(readBlock(two, block())).toBe('*.agekey\n');
    expect(readBlock(two, block({ id: 'keys-2' }))).toBe('other\n');
  });
});

describe('broken markers are refused, with their line', () => {
  it.each([
    ['begins and never ends', '\n# flux-repo:begin keys\n*.agekey\n', 2],
    ['ends without having begun', '# flux-repo:end keys\n', 1],
    ['begins twice', '# flux-repo:begin keys\n# flux-repo:begin keys\n# flux-repo:end keys\n', 2],
    ['is there twice', `${region}\n${region}\n`, 4],
    ['a marker of other is inside', '# flux-repo:begin keys\n# flux-repo:begin other\n# flux-repo:end keys\n', 2],
  ])('%s', (reason, text, line) => {
    const write = () => writeBlock(text, block());
    expect(write).toThrow(ExpectedError);
    expect(write).toThrow(expect.objectContaining({ exitCode: 3, problems: [expect.objectContaining({ line })] }));
    expect(write).toThrow(reason);
  });

  it('contents that hold the markers themselves are our bug', () => {
    expect(() => writeBlock('', block({ contents: `${region}\n` }))).toThrow('contains markers');
  });
});

const lines = (ending: string) =>
  fc
    .array(fc.stringMatching(/^[ -~é✓\t]{0,12}$/), { maxLength: 6 })
    .map((parts) => parts.map((part) => part + ending).join(''));
const ending = fc.constantFrom('\n', '\r\n');
const place = fc.record({
  position: fc.constantFrom('first' as const, 'last' as const),
  comment: fc.constantFrom('hash' as const, 'html' as const),
  contents: lines('\n'),
});

describe('for any file and any block', () => {
  const anyFile = ending
    .chain((eol) => fc.tuple(fc.constantFrom('', '\uFEFF'), lines(eol), fc.constantFrom('', 'no newline')))
    .map((parts) => parts.join(''));

  it('what is written is read back, and writing again changes nothing', () => {
    fc.assert(
      fc.property(anyFile, place, (file, change) => {
        const once = writeBlock(file, block(change));
        expect(readBlock(once, block(change))).toBe(change.contents);
        expect(writeBlock(once, block(change))).toBe(once);
      }),
    );
  });

  it('every byte of the user stays when the block comes and when it changes', () => {
    fc.assert(
      fc.property(ending, anyFile, place, lines('\n'), (eol, file, change, later) => {
        const inserted = writeBlock(file, block(change));
        const body = file.replace('\uFEFF', '');
        expect(change.position === 'first' ? inserted.endsWith(body) : inserted.startsWith(file)).toBe(true);

        const around = { before: `${file}${file === '' || file.endsWith('\n') ? '' : eol}`, after: `${eol}${body}` };
        const marked = writeBlock('', block(change)).trimEnd().replaceAll('\n', eol);
        const updated = writeBlock(around.before + marked + around.after, block({ ...change, contents: later }));
        expect(updated.startsWith(around.before)).toBe(true);
        expect(updated.endsWith(around.after)).toBe(true);
        const inside = updated.slice(around.before.length, updated.length - around.after.length);
        expect(inside.replaceAll('\r\n', '\n')).toBe(
          writeBlock('', block({ ...change, contents: later })).slice(0, -1),
        );
      }),
    );
  });
});
