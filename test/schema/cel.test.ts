import { beforeAll, describe, expect, it } from 'vitest';
import type { CelRule } from '../../src/schema/cel/cel-rule.ts';
import { celRuleOf, celRules, onlyOnUpdate } from '../../src/schema/cel/cel-rules.ts';
import { milliseconds } from '../../src/schema/cel/duration.ts';
import { loadAllSchemas } from '../../src/schema/load-schemas.ts';
import type { SchemaLookup } from '../../src/schema/schema.ts';
import { validateObject } from '../../src/schema/validate-object.ts';
import { brokenRules, shadowedRules } from './broken-rules.ts';
import { changed } from './samples.ts';

let lookup: SchemaLookup;
beforeAll(async () => {
  lookup = await loadAllSchemas();
});

describe('a rule written in CEL', () => {
  it.each(brokenRules)('is broken by %s with %s set to %j', (title, path, value, message) => {
    const findings = validateObject(changed(title, path, value), lookup);
    expect(findings.map(({ rule }) => rule)).toEqual(findings.map(() => 'schema/cel'));
    expect(findings.map((finding) => finding.message).join('\n')).toContain(message);
  });

  it('is broken by one of these objects at least', () => {
    const failed = new Set<string>();
    const watched = new Map<CelRule, CelRule['holds']>();
    for (const rule of celRules) {
      const { holds } = rule;
      watched.set(rule, holds);
      rule.holds = (self) => {
        const answer = holds(self);
        if (!answer) failed.add(rule.text);
        return answer;
      };
    }
    for (const [title, path, value] of brokenRules) validateObject(changed(title, path, value), lookup);
    for (const [rule, holds] of watched) rule.holds = holds;
    const elsewhere = [...onlyOnUpdate.map(({ text }) => text), ...shadowedRules.map(([text]) => text)];
    expect([...failed, ...elsewhere].sort()).toEqual(celRules.map(({ text }) => text).sort());
  });

  it.each(shadowedRules)('that the schema precedes can be broken: %s', (text, self) => {
    expect(celRuleOf(text)?.holds(self)).toBe(false);
  });

  it('is not asked about an object that its schema refuses', () => {
    const findings = validateObject(
      changed('Gateway/public', 'spec.listeners', [{ protocol: 'HTTP', tls: {} }]),
      lookup,
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['schema/required', 'schema/required']);
  });

  it('that compares with the object in the cluster holds for a new one', () => {
    expect(onlyOnUpdate.map(({ text }) => text)).toEqual(['self == oldSelf']);
    expect(celRules.filter(({ text }) => text.includes('oldSelf'))).toEqual(onlyOnUpdate);
  });
});

describe('a duration of Gateway API', () => {
  it.each([
    ['0s', 0],
    ['500ms', 500],
    ['1h30m', 5_400_000],
    ['1m1s1ms', 61_001],
  ])('%s has %i milliseconds', (duration, expected) => {
    expect(milliseconds(duration)).toBe(expected);
  });
});
