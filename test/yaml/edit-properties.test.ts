import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lexer, parseAllDocuments } from 'yaml';
import { ExpectedError } from '../../src/errors.ts';
import { editYaml } from '../../src/yaml/edit-yaml.ts';
import { openYaml } from '../../src/yaml/yaml-file.ts';
import type { YamlChange, YamlPosition } from '../../src/yaml/yaml-operation.ts';
import { anyKey, anyValue, anyYaml } from './arbitrary-yaml.ts';
import { applyToValue, isMap, type Json, pathsOf, valueAt } from './edit-oracle.ts';

const folder = new URL('corpus/', import.meta.url);
const corpus = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** A change of whatever the value turns out to be: numbers pick a place in it. */
interface Wish {
  op: YamlChange['op'];
  place: number;
  key: string;
  value: Json;
  at: 'start' | 'end' | 'before' | 'after';
}

const wish: fc.Arbitrary<Wish> = fc.record({
  op: fc.constantFrom<YamlChange['op']>(
    'set',
    'set',
    'insert-item',
    'ensure-item',
    'ensure-map',
    'remove',
    'remove',
    'rename',
  ),
  place: fc.nat(),
  key: anyKey,
  value: anyValue,
  at: fc.constantFrom('start', 'end', 'before', 'after'),
});

/** The wish as a change that fits the value; undefined when nothing in it fits. */
function changeFor(value: Json, { op, place, key, value: wanted, at }: Wish): YamlChange | undefined {
  const paths = pathsOf(value);
  const choose = <Item>(items: readonly Item[]): Item | undefined => items[place % Math.max(1, items.length)];
  const isFreeIn = (path: (string | number)[]) => {
    const map = valueAt(value, path);
    return map === null || (isMap(map) && !(key in map));
  };
  if (op === 'set' && place % 2 === 0) {
    const path = choose(paths);
    return path && { op, path, value: wanted };
  }
  if (op === 'set' || op === 'ensure-map') {
    const path = choose(paths.filter(isFreeIn));
    return (
      path &&
      (op === 'set'
        ? { op, path: [...path, key], value: wanted, at: entryAt(valueAt(value, path), at) }
        : { op, path: [...path, key] })
    );
  }
  if (op === 'insert-item' || op === 'ensure-item') {
    const path = choose(paths.filter((other) => [null, 'list'].includes(kindOf(valueAt(value, other)))));
    const position: YamlPosition = at === 'before' ? { before: 0 } : at === 'after' ? { after: 0 } : at;
    return path && { op, path, value: wanted, at: position };
  }
  if (op === 'remove') {
    const path = choose(paths.filter(({ length }) => length > 0));
    return path && { op, path };
  }
  const path = choose(paths.filter((other) => typeof other.at(-1) === 'string' && isFreeIn(other.slice(0, -1))));
  return path && { op: 'rename', path, key };
}

const kindOf = (value: Json | undefined) => (Array.isArray(value) ? 'list' : value === null ? null : typeof value);

function entryAt(map: Json | undefined, at: Wish['at']): YamlPosition {
  const first = isMap(map) ? Object.keys(map)[0] : undefined;
  if (at === 'start' || at === 'end' || first === undefined) return 'end';
  return at === 'before' ? { before: first } : { after: first };
}

const valuesOf = (text: string): Json[] => {
  const documents = [...parseAllDocuments(text, { merge: true, uniqueKeys: false })];
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  return documents.length === 0 ? [null] : documents.map((document) => document.toJS() as Json);
};

const commentsOf = (text: string): string[] =>
  [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).map((comment) => comment.trimEnd());

/** What is in the first list and not in the second, counting repetitions. */
function missing(from: readonly string[], list: readonly string[]): string[] {
  const left = [...list];
  return from.filter((item) => {
    const index = left.indexOf(item);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

/** Tags and rare layouts may be refused; anything else thrown is a failure. */
function unlessRefused(edit: () => string): string | undefined {
  try {
    return edit();
  } catch (error) {
    if (error instanceof ExpectedError && ['yaml-tag', 'yaml-layout'].includes(error.code)) return undefined;
    throw error;
  }
}

const editOne = (text: string, change: YamlChange, document = 0) => editYaml(openYaml(text), [{ ...change, document }]);

/** Texts without anchors, so that a change of one place changes that place only. */
const anyText = fc.oneof(
  anyYaml,
  fc.constantFrom(
    ...corpus.filter(({ name }) => !['anchors.yaml', 'only-comments.yaml'].includes(name)).map(({ text }) => text),
  ),
);

/** A text, one of its documents, and changes that fit its value one after the other. */
const anyEdit = fc
  .tuple(anyText, fc.nat(), fc.array(wish, { minLength: 1, maxLength: 6 }))
  .map(([text, pick, wishes]) => {
    const values = valuesOf(text);
    const document = pick % values.length;
    const changes: YamlChange[] = [];
    let value = values[document] ?? null;
    for (const one of wishes) {
      const change = changeFor(value, one);
      if (change === undefined) continue;
      changes.push(change);
      value = applyToValue(value, change);
    }
    return { text, document, changes, values: values.map((old, index) => (index === document ? value : old)) };
  });

/** More with `YAML_RUNS=5000`. */
const runs = { numRuns: Number(process.env.YAML_RUNS ?? 200) };

describe('for any YAML and any edits', () => {
  it('the values are those of the same edits on plain JavaScript, in one go and one by one', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, document, changes, values }) => {
        const operations = changes.map((change) => ({ ...change, document }));
        const atOnce = unlessRefused(() => editYaml(openYaml(text), operations));
        if (atOnce === undefined) return;
        expect(valuesOf(atOnce)).toEqual(values);
        const oneByOne = unlessRefused(() =>
          changes.reduce((current, change) => editOne(current, change, document), text),
        );
        if (oneByOne !== undefined) expect(valuesOf(oneByOne)).toEqual(values);
      }),
      runs,
    );
  });

  it('line endings and byte order marks stay as they are', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, document, changes }) => {
        const operations = changes.map((change) => ({ ...change, document }));
        const unix = text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');
        const edited = unlessRefused(() => editYaml(openYaml(unix), operations));
        if (edited === undefined) return;
        const crlf = (plain: string) => `\uFEFF${plain.replaceAll('\n', '\r\n')}`;
        if (unix.includes('\n')) expect(editYaml(openYaml(crlf(unix)), operations)).toBe(crlf(edited));
        expect(edited).not.toContain('\r');
      }),
      runs,
    );
  });

  it('a second time changes nothing where the operation says how things should be', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, document, changes }) => {
        const change = changes.find(({ op }) => op === 'set' || op === 'ensure-item' || op === 'ensure-map');
        fc.pre(change !== undefined && change === changes[0]);
        if (change === undefined) return;
        const once = unlessRefused(() => editOne(text, change, document));
        if (once === undefined) return;
        expect(editOne(once, change, document)).toBe(once);
      }),
      runs,
    );
  });

  it('a value set to itself leaves every byte', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, pick) => {
        for (const [document, value] of valuesOf(text).entries()) {
          const paths = pathsOf(value);
          const path = paths[pick % paths.length] ?? [];
          const same = structuredClone(valueAt(value, path) ?? null);
          if (text.trim() !== '') expect(editOne(text, { op: 'set', path, value: same }, document)).toBe(text);
        }
      }),
      runs,
    );
  });

  it('comments are lost only with what they are about', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, document, changes }) => {
        const [change] = changes;
        if (change === undefined) return;
        const edited = unlessRefused(() => editOne(text, change, document));
        if (edited === undefined) return;
        const lost = missing(commentsOf(text), commentsOf(edited));
        const value = valuesOf(text)[document] ?? null;
        const isRemoving =
          change.op === 'remove' ||
          (change.op === 'set' && typeof valueAt(value, change.path.map(stepOf)) === 'object');
        if (!isRemoving) expect(lost).toEqual([]);
        const removed = entryOf(text, document, change.path.map(stepOf));
        for (const comment of lost) expect(removed).toContain(comment);
      }),
      runs,
    );
  });

  it('bytes before and behind the entry that is touched stay', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, document, changes }) => {
        const [change] = changes;
        if (change === undefined) return;
        const edited = unlessRefused(() => editOne(text, change, document));
        if (edited === undefined) return;
        // An insertion touches the collection that it is put into, a removal may leave it empty.
        const isSet =
          change.op === 'set' && valueAt(valuesOf(text)[document] ?? null, change.path.map(stepOf)) !== undefined;
        const path = change.path.map(stepOf);
        const [start, end] = rangeOf(text, document, isSet ? path : existing(text, document, path.slice(0, -1)));
        expect(edited.startsWith(text.slice(0, start))).toBe(true);
        expect(edited.endsWith(text.slice(end))).toBe(true);
      }),
      runs,
    );
  });
});

const stepOf = (step: YamlChange['path'][number]): string | number => (typeof step === 'object' ? '' : step);

function existing(text: string, document: number, path: (string | number)[]): (string | number)[] {
  const value = valuesOf(text)[document] ?? null;
  let length = path.length;
  while (length > 0 && valueAt(value, path.slice(0, length)) === undefined) length--;
  return path.slice(0, length);
}

/** From the line of an entry's key to the line on which something else begins. */
function rangeOf(text: string, document: number, path: (string | number)[]): [number, number] {
  const parsed = parseAllDocuments(text, { merge: true })[document];
  if (path.length === 0 || !parsed || 'empty' in parsed) return [0, text.length];
  let from = 0;
  let parent: unknown = parsed.contents;
  let to = text.length;
  for (const step of path) {
    if (typeof parent !== 'object' || parent === null || !('items' in parent)) break;
    const items = parent.items as { key?: { value: unknown; range: number[] }; value?: unknown; range?: number[] }[];
    const index = typeof step === 'number' ? step : items.findIndex(({ key }) => String(key?.value ?? '') === step);
    const item = items[index];
    const next = items[index + 1];
    from = item?.key?.range[0] ?? item?.range?.[0] ?? from;
    to = next?.key?.range[0] ?? next?.range?.[0] ?? to;
    parent = typeof step === 'number' ? item : item?.value;
  }
  const markBefore = text.slice(0, from).search(/(?:^|\n)[^\n]*$/);
  return [Math.max(0, markBefore), text.slice(0, to).trimEnd().length < from ? text.length : to];
}

/** The text of an entry with the gaps before and behind it. */
function entryOf(text: string, document: number, path: (string | number)[]): string {
  const [start, end] = rangeOf(text, document, path);
  const before = text.slice(0, start).split('\n');
  let first = before.length;
  while (first > 0 && /^\s*(#[^\n]*)?$/.test(before[first - 1] ?? '')) first--;
  return [...before.slice(first), text.slice(start, end)].join('\n');
}

describe('the corpus', () => {
  it.each(corpus)('$name is valid, and opening it changes nothing', ({ text }) => {
    const file = openYaml(text);
    expect(file.documents.flatMap((document) => document.problems())).toEqual([]);
    expect(file.documents.map((document) => document.value())).toEqual(valuesOf(text));
    expect(editYaml(file, [])).toBe(text);
  });

  it.each(corpus)(
    '$name: every value can be changed and every entry removed, or the refusal is explained',
    ({ text }) => {
      for (const [document, value] of valuesOf(text).entries())
        for (const path of pathsOf(value)) {
          const attempts: YamlChange[] = [
            { op: 'set', path, value: 'changed' },
            { op: 'set', path, value: { changed: ['x'] } },
            { op: 'set', path, value: 'several\nlines\n' },
            { op: 'remove', path },
          ];
          for (const change of attempts) {
            if (change.op === 'remove' && path.length === 0) continue;
            try {
              const edited = valuesOf(editOne(text, change, document))[document] ?? null;
              if (change.op === 'set') expect(valueAt(edited, path)).toEqual(change.value);
            } catch (error) {
              expect(error).toBeInstanceOf(ExpectedError);
            }
          }
        }
    },
  );
});
