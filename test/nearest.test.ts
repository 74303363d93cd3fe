import { describe, expect, it } from 'vitest';
import { nearest } from '../src/nearest.ts';

describe('the nearest name', () => {
  it.each([
    ['intervall', ['interval', 'timeout'], 'interval'],
    ['dependson', ['dependsOn', 'decryption'], 'dependsOn'],
    ['pruen', ['prune', 'path'], 'prune'],
    ['clsuter', ['cluster', 'component'], 'cluster'],
    ['prodution', ['production', 'staging'], 'production'],
    ['chekc', ['check', 'create'], 'check'],
    ['ap', ['app', 'apply'], 'app'],
    ['valuesFile', ['values', 'valuesFiles', 'valuesFrom'], 'valuesFiles'],
  ])('corrects %s among %j to %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  it('stays silent when nothing resembles the word', () => {
    expect(nearest('banana', ['interval', 'timeout'])).toBeUndefined();
    expect(nearest('abc', ['xyz'])).toBeUndefined();
    expect(nearest('', ['a', 'ab'])).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });

  it('stays silent when the word is right already', () => {
    expect(nearest('prod', ['prods', 'prod'])).toBeUndefined();
  });

  it('does not depend on the order of the candidates', () => {
    expect(nearest('tezt', ['text', 'test'])).toBe('test');
    expect(nearest('tezt', ['test', 'text'])).toBe('test');
  });

  it('prefers fewer edits over alphabetical order', () => {
    expect(nearest('staging1', ['stagin', 'staging'])).toBe('staging');
  });
});
