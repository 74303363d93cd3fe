import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rulesMarkdown } from '../../scripts/docs/rules-markdown.ts';
import { rules } from '../../src/check/rules.ts';

test('docs/rules.md says what the rules say; npm run docs writes it', () => {
  expect(readFileSync('docs/rules.md', 'utf8')).toBe(rulesMarkdown(rules));
});

test('every rule has a name of its own, in order, and says why in one sentence', () => {
  const ids = rules.map(({ id }) => id);

  expect(ids).toEqual([...new Set(ids)].sort());
  for (const { id, why, fix } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [why, fix]) expect(text).toMatch(/^([A-Z`]|kustomize )/);
    expect(why).toMatch(/\.$/);
  }
});
