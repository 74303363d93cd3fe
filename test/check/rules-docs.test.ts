import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rulesMarkdown } from '../../scripts/docs/rules-markdown.ts';
import { rules } from '../../src/check/rules.ts';

test('docs/rules.md says what the rules say; npm run docs writes it', () => {
  expect(readFileSync('docs/rules.md', 'utf8')).toBe(rulesMarkdown(rules));
});

test('every rule has a name of its own, stands by its group, and says why in one sentence', () => {
  const ids = rules.map(({ id }) => id);
  const groups = ids.map((id) => id.split('/')[0]);

  expect(new Set(ids).size).toBe(ids.length);
  expect(groups).toEqual(groups.toSorted());
  for (const { id, why, fix } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [why, fix]) expect(text).toMatch(/^([A-Z`]|kustomize |git )/);
    expect(why).toMatch(/\.$/);
  }
});
