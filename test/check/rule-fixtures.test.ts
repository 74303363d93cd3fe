import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../src/check/rules.ts';
import { checkFiles } from '../support/checked.ts';
import { base, withBase } from './fixtures/fixture-base.ts';
import { kustomizeFixtures } from './fixtures/kustomize-fixtures.ts';
import { objectFixtures } from './fixtures/object-fixtures.ts';
import { goodSecret, secretFixtures } from './fixtures/secret-fixtures.ts';
import { tenancyFixtures } from './fixtures/tenancy-fixtures.ts';

const fixtures = { ...kustomizeFixtures, ...objectFixtures, ...secretFixtures, ...tenancyFixtures };

/** Rules whose tests need more than files in memory, and where those are. */
const elsewhere: Readonly<Record<string, string>> = {
  'kustomize/missing-path': 'told by reference/path, which looks first',
  'kustomize/too-deep': 'no input is known that gets there: readers refuse it before',
  'kustomize/unreadable': 'test/kustomize/hostile-trees.test.ts',
  'yaml/unreadable': 'test/commands/check/hostile-repository.test.ts',
  'managed/drift': 'test/commands/check/check.test.ts',
  'managed/missing': 'test/commands/check/deleted-files.test.ts',
  'model/removed-unit': 'test/commands/check/model-not-applicable.test.ts',
  'secrets/not-listed': 'test/commands/check/secret-not-listed.test.ts',
  'secrets/not-created': 'test/check/generated-trees.test.ts',
};

/** `reference/depends-on` of `referenceDependsOn`: what testRule, which demands cases of both kinds, is called with. */
function testedByCases(): Set<string> {
  const folder = join(import.meta.dirname, 'rules');
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const names = texts.flatMap((text) => [...text.matchAll(/testRule\((\w+),/g)].map(([, name = '']) => name));
  const words = names.map((name) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  return new Set(words.map((word) => word.replace('-', '/')));
}

test('Every rule has something that it must find', () => {
  const cases = testedByCases();
  const known = (id: string) => cases.has(id) || Object.hasOwn(fixtures, id) || Object.hasOwn(elsewhere, id);

  expect(rules.map(({ id }) => id).filter((id) => !known(id))).toEqual([]);
  expect(Object.keys(fixtures).filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
});

test('Every word that makes a build fail is a rule', () => {
  const folder = 'src/kustomize';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const words = texts.flatMap((text) => [...text.matchAll(/BuildFailure\(\s*'([a-z-]+)'/g)].map(([, word]) => word));

  expect(words.length).toBeGreaterThan(20);
  expect(words.filter((word) => !rules.some(({ id }) => id === `kustomize/${word}`))).toEqual([]);
});

describe('No rule has anything to say about', () => {
  test.each([
    ['a small repository', base],
    ['one with an encrypted Secret', goodSecret],
  ])('%s', async (_, files) => {
    expect(await checkFiles(withBase(files))).toEqual([]);
  });
});

describe('A rule finds what it is for:', () => {
  test.each(Object.entries(fixtures))('%s', async (id, fixture) => {
    const wanted = id.startsWith('check/') ? rules : rules.filter((rule) => rule.id === id);
    const found = await checkFiles(withBase(fixture), wanted);

    expect(found.map(({ rule }) => rule)).toContain(id);
  });
});
