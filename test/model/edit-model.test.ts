import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { editModel, type ModelEdit, withEdits } from '../../src/model/edit-model.ts';
import { modelFromParts } from '../../src/model/model-from-parts.ts';
import { readModel } from '../../src/model/read-model.ts';
import { unitsOf } from '../../src/model/units.ts';
import { modelText } from '../../src/model/write-model.ts';
import { completeModel } from '../support/complete-model.ts';

const model = completeModel({ apps: { web: { image: 'nginx:1.27' } }, components: {} });
const text = modelText(model);
const edit = (from: string, ...edits: ModelEdit[]) => editModel({ text: from, file: 'flux-repo.yaml' }, edits);

describe('an edited model', () => {
  test('has a new name at its place among sorted ones, and at the end of others', () => {
    const value = { image: 'a' };
    expect(edit(text, { path: ['apps', 'api'], value }).text).toContain('apps:\n  api:\n    image: a\n  web:\n');
    const unsorted = text.replace('  web:\n', '  zoo:\n    image: z\n  web:\n');
    expect(edit(unsorted, { path: ['apps', 'api'], value }).text).toMatch(/ {2}web:\n.*\n {2}api:\n {4}image: a\n/);
  });

  test('has no longer what goes, in the text and as data', () => {
    const secrets = { db: { environments: ['production'], keys: ['a'] } };
    const before = edit(text, { path: ['apps', 'web', 'secrets'], value: secrets }).text;
    const gone: ModelEdit = { path: ['apps', 'web', 'secrets'], value: undefined };
    expect(edit(before, gone).text).toBe(text);
    expect(withEdits({ apps: { web: { image: 'a', secrets } } }, [gone])).toEqual({ apps: { web: { image: 'a' } } });
  });

  test('has a new section at its place in reading order', () => {
    const { text: after } = edit(text, { path: ['components', 'gateway-api'], value: {} });
    expect(after.indexOf('\ncomponents:')).toBeGreaterThan(after.indexOf('\nclusters:'));
    expect(after.indexOf('\ncomponents:')).toBeLessThan(after.indexOf('\napps:'));
    expect(after.replace('components:\n  gateway-api: {}\n', '')).toBe(text);
  });

  test.each([
    [
      'comments and odd spaces',
      (from: string) => from.replace('  web:', '  # shop\n  web:   # ours').replace('id: ', 'id:   '),
    ],
    ['Windows line ends', (from: string) => from.replaceAll('\n', '\r\n')],
    ['a byte order mark', (from: string) => `\uFEFF${from}`],
    ['flow maps', (from: string) => from.replace('  web:\n    image: nginx:1.27', '  web: {image: "nginx:1.27"}')],
    ['no line end at the end', (from: string) => from.trimEnd()],
  ])('keeps %s', (_, change) => {
    const before = change(text);
    const { text: after, model: read } = edit(before, { path: ['apps', 'api'], value: { image: 'a' } });
    expect(after.replace(/ {2}api:\r?\n {4}image: a\r?\n/, '')).toBe(before);
    expect(read.apps.api).toEqual({ image: 'a' });
  });

  test('that would be impossible is refused with its position', () => {
    const refused = refusal(() => edit(text, { path: ['clusters', 'eu'], value: { environment: 'nowhere' } }));
    expect(refused).toMatchObject({ exitCode: 2, problems: [{ file: 'flux-repo.yaml', line: expect.any(Number) }] });
    const aliased = text.replace('apps:\n', 'apps: &all\n').concat('variables: {a: b}\n');
    expect(edit(aliased, { path: ['apps', 'api'], value: { image: 'a' } }).model.apps).toHaveProperty('api');
  });
});

test('a model comes back from the parts its locks keep', () => {
  const full = completeModel({
    apps: { web: { image: 'a' }, 'a-b': { image: 'b' } },
    clusters: { eu: { environment: 'production', variables: { region: 'eu' } } },
  });
  const parts: unknown = JSON.parse(JSON.stringify(unitsOf(full)));
  const again = modelFromParts(parts as ReturnType<typeof unitsOf>);
  expect(readModel({ text: JSON.stringify(again), file: 'x' })).toEqual(full);
  expect(modelFromParts([])).toBeUndefined();
});

test('edits of a model that is no text leave the model alone', () => {
  const before = structuredClone(model);
  const after = withEdits(model, [
    { path: ['apps', 'api'], value: { image: 'a' } },
    { path: ['apps', 'web', 'environments', 'staging'], value: { replicas: 1 } },
  ]);
  expect(model).toEqual(before);
  expect(after.apps).toEqual({
    web: { image: 'nginx:1.27', environments: { staging: { replicas: 1 } } },
    api: { image: 'a' },
  });
});

function refusal(act: () => unknown): ExpectedError {
  try {
    act();
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}
