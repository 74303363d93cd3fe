import { describe, expect, test } from 'vitest';
import { substitute } from '../../src/check/substitute.ts';
import { goYaml } from '../../src/check/substitution/go-yaml.ts';
import type { JsonObject, JsonValue } from '../../src/yaml/json-value.ts';
import { readValues } from '../../src/yaml/read-values.ts';

const values: ReadonlyMap<string, string | undefined> = new Map([
  ['name', 'web'],
  ['count', '3'],
  ['empty', ''],
  ['host', 'apps/base/web.yaml'],
  ['quote', 'it\'s "so"'],
  ['map', '{a: 1}'],
  ['password', undefined],
]);

function made(data: JsonObject, { metadata = {}, isOpen = false }: { metadata?: JsonObject; isOpen?: boolean } = {}) {
  const value = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', ...metadata }, data };
  const { objects, faults } = substitute([{ value, origins: [] }], { values, isOpen }, false);
  return { data: objects[0]?.value.data, hasVariables: objects[0]?.hasVariables, faults };
}

describe('A variable becomes', () => {
  test.each<[text: string, JsonValue]>([
    ['${name}', 'web'],
    ['${name}.example.com', 'web.example.com'],
    ['${count}', 3],
    ['"${count}"', '"3"'],
    ['${empty:-none}', 'none'],
    ['${unset:=none}', 'none'],
    ['${unset:=${name}-2}', 'web-2'],
    ['${#name}', 3],
    ['${name^^}', 'WEB'],
    ['${host##*/}', 'web.yaml'],
    ['${host//\\//-}', 'apps-base-web.yaml'],
    ['${host:5:4}', 'base'],
    ['$${name}', '${name}'],
    ['$name', '$name'],
    ['${map}', { a: 1 }],
    ['a: ${name}', 'a: web'],
    ['${name}\n${count}\n', 'web\n3\n'],
  ])('in %j: %j', (text, value) => {
    expect(made({ text })).toEqual({ data: { text: value }, hasVariables: false, faults: [] });
  });
});

describe('Substitution', () => {
  test('is off without variables', () => {
    const value = { apiVersion: 'v1', kind: 'ConfigMap', data: { text: '${x}' } };
    const off = substitute([{ value, origins: [] }], { values: new Map(), isOpen: false }, false);
    const always = substitute([{ value, origins: [] }], { values: new Map(), isOpen: false }, true);

    expect(off.faults).toEqual([]);
    expect(off.objects[0]?.value).toBe(value);
    expect(always.faults).toMatchObject([{ kind: 'undefined-variable', variable: 'x' }]);
  });

  test.each(['labels', 'annotations'])('is off for an object that says so in its %s', (field) => {
    const metadata = { [field]: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } };

    expect(made({ text: '${unset}' }, { metadata })).toEqual({
      data: { text: '${unset}' },
      hasVariables: false,
      faults: [],
    });
  });

  test('leaves what a Secret would say, or a ConfigMap that is not here', () => {
    expect(made({ text: 'x ${password} ${name}' })).toEqual({
      data: { text: 'x ${password} web' },
      hasVariables: true,
      faults: [],
    });
    expect(made({ text: '${unset}' }, { isOpen: true })).toEqual({
      data: { text: '${unset}' },
      hasVariables: true,
      faults: [],
    });
  });

  test.each<[text: string, kind: string]>([
    ['${unset}', 'undefined-variable'],
    ['${name', 'syntax'],
    ['${name-x}', 'syntax'],
    ['${host:3:-2}', 'syntax'],
    ['a: ${quote}', 'invalid-result'],
  ])('fails for %j: %s', (text, kind) => {
    expect(made({ text }).faults).toMatchObject([{ kind }]);
  });

  test('fails as a whole for a name that Flux does not allow', () => {
    const { faults } = substitute([], { values: new Map([['a-b', 'x']]), isOpen: false }, false);

    expect(faults).toMatchObject([{ kind: 'invalid-name', variable: 'a-b' }]);
  });
});

test('An object is printed so that it reads the same again', () => {
  const texts = [
    ...[
      '',
      ' ',
      'a ',
      ' a',
      'yes',
      'n',
      '1',
      '1:30',
      '0x1f',
      '~',
      'null',
      '- a',
      '-a',
      'a: b',
      'a:',
      'a #b',
      '#a',
      '? a',
    ],
    ...[
      "'",
      '"',
      '"a',
      "it's",
      '{a}',
      '[a',
      '%a',
      '@a',
      '`a',
      '!a',
      '&a',
      '*a',
      '|',
      '>',
      'a\tb',
      'a\nb',
      'a\n',
      '\na',
      ' a\nb',
    ],
    ...[
      'a\n\n',
      '\n',
      'a \nb',
      'a\r\nb',
      'ä',
      '\u{1f4a1}',
      '\u0085',
      '\u007f',
      '---',
      '--- a',
      '...',
      '\ufeff',
      '=',
      'a\\n',
    ],
  ];
  const value = {
    texts,
    byKey: Object.fromEntries(texts.map((text) => [text, [{ text, deep: [[text]] }]])),
    no: [{}, []],
  };

  expect(readValues(goYaml(value), 'kustomization')[0]?.value).toEqual(value);
});
