import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue, defaultComponents } from '../../src/catalogue/catalogue.ts';
import { completeModel } from '../support/complete-model.ts';
import { repositoryTree } from '../support/repository-tree.ts';

const folder = 'templates/components';
const names = readdirSync(folder);

test('every folder is a component, and every component a folder', () => {
  expect([...catalogue.keys()].sort()).toEqual(names.sort());
});

test('a repository for which nobody chose gets these components', () => {
  expect(defaultComponents().sort()).toEqual(['cert-manager', 'envoy-gateway', 'gateway-api']);
});

test('no two components bring the CRDs of one group', () => {
  const groups = [...catalogue.values()].flatMap((entry) => entry.crdGroups);
  expect(groups.filter((group, index) => groups.indexOf(group) !== index)).toEqual([]);
});

describe.for([...catalogue])('component %s', ([name, entry]) => {
  const own = Object.entries(parse(readFileSync(join(folder, name, 'component.yaml'), 'utf8')) as object);

  test('has a folder of templates for parts that it has, and none for others', () => {
    const folders = readdirSync(join(folder, name), { withFileTypes: true }).filter((node) => node.isDirectory());
    for (const { name: part } of folders) expect(entry.parts).toContain(part);
    // A release may be a chart alone; anything else needs a template.
    for (const part of entry.parts.filter((one) => one !== 'release' || entry.chart === undefined))
      expect(folders.map((node) => node.name)).toContain(part);
  });

  test('names only components of the catalogue', () => {
    for (const other of [...entry.dependsOn, ...entry.after, ...Object.keys(entry.valuesWith)])
      expect([...catalogue.keys()]).toContain(other);
  });

  test('can be installed with nothing but what it needs', () => {
    const needed = Object.fromEntries([name, ...entry.dependsOn].map((one) => [one, {}]));
    const tree = repositoryTree(completeModel({ components: needed }));
    expect(tree.get('infrastructure/overlays/production/kustomization.yaml')).toContain(`- ${name}.yaml\n`);
  });

  test('has a range of versions with an upper end, and a place for what it brings', () => {
    if (entry.chart === undefined) return;
    expect(entry.chart.version).toMatch(/^\d+(\.\d+)?\.x$/);
    expect(entry.namespace).toBeDefined();
    expect(entry.podSecurity).toBeDefined();
  });

  test('turns off the copy of CRDs in its chart when they come from elsewhere', () => {
    if (entry.crds === undefined) return;
    expect(JSON.stringify(entry.values)).toContain('"crds":{"enabled":false}');
  });

  test('is told in one line, and says nothing that its description has no word for', () => {
    expect(entry.title).not.toBe('');
    expect(entry.purpose).toMatch(/^[A-Z][^\n|]*[^.\n]$/);
    expect(own.map(([key]) => key).filter((key) => !(key in entry))).toEqual([]);
  });

  test('has settings with a pattern that works, and names the variables of its manifests', () => {
    for (const { pattern } of Object.values(entry.settings)) expect(() => new RegExp(pattern, 'u')).not.toThrow();
    const templates = entry.parts.flatMap((part) => filesIn(join(folder, name, part)));
    const used = templates.flatMap((text) => [...text.matchAll(/\$\{(\w+):=/g)].map(([, variable]) => variable));
    for (const variable of entry.variables) expect(used).toContain(variable);
    for (const variable of used) expect(entry.variables).toContain(variable);
  });
});

/** A part that is a chart and nothing else has no folder. */
function filesIn(path: string): string[] {
  return existsSync(path) ? readdirSync(path).map((file) => readFileSync(join(path, file), 'utf8')) : [];
}
