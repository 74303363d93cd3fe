import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { celRules } from '../../src/schema/cel/cel-rules.ts';
import { groupsWithFile, loadAllSchemas, loadSchemas } from '../../src/schema/load-schemas.ts';
import type { Schema, SchemaFile } from '../../src/schema/schema.ts';
import { groupOf, kindsOf } from '../../src/schema/scope-of.ts';

const folder = join(import.meta.dirname, '../../src/schema/data');
const schemaFiles = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'scopes.json');

function read(file: string): SchemaFile {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as SchemaFile;
}

/** Every schema written in a file, each once. */
function* schemasIn(value: unknown): Generator<Schema> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Schema;
  for (const child of Object.values(value)) yield* schemasIn(child);
}

function allSchemas(): Schema[] {
  return schemaFiles.flatMap((file) => [...schemasIn(read(file))]);
}

describe('the schema data', () => {
  it('is small enough for the package', () => {
    const packed = readdirSync(folder).map((file) => gzipSync(readFileSync(join(folder, file))).length);
    expect(packed.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
  });

  it('names its sources and their licence', () => {
    const notice = readFileSync(join(folder, 'NOTICE'), 'utf8');
    for (const source of ['fluxcd/helm-controller v1.6.3', 'k8s.io/kubernetes v1.34.4', 'Apache License 2.0'])
      expect(notice).toContain(source);
    expect(statSync(join(folder, 'NOTICE')).size).toBeGreaterThan(500);
  });

  it('has a loader for each file', () => {
    const files = [...groupsWithFile.filter((group) => group !== 'kustomize.config.k8s.io'), 'kubernetes'];
    expect(files.map((group) => `${group}.json`).sort()).toEqual(schemaFiles.sort());
  });

  it('knows the scope of each kind it has a schema for', () => {
    for (const file of schemaFiles)
      for (const [apiVersion, kinds] of Object.entries(read(file).kinds))
        expect([apiVersion, ...kindsOf(apiVersion)].sort()).toEqual([apiVersion, ...Object.keys(kinds)].sort());
  });

  it('refers only to definitions it has', () => {
    for (const file of schemaFiles) {
      const { kinds, $defs } = read(file);
      const missing = [...schemasIn([kinds, $defs])]
        .map(({ $ref }) => $ref)
        .filter((ref) => typeof ref === 'string' && !$defs[ref.slice('#/$defs/'.length)]);
      expect(missing).toEqual([]);
    }
  });

  it('keeps what offline kustomize needs to merge lists', async () => {
    const lookup = await loadSchemas(['apps/v1']);
    const deployment = lookup.find('apps/v1', 'Deployment');
    const step = (schema: Schema | undefined, name: string) => {
      const property = schema?.properties?.[name];
      return property && deployment?.resolve(property);
    };
    const podSpec = step(step(step(deployment?.root, 'spec'), 'template'), 'spec');
    expect(step(podSpec, 'containers')).toMatchObject({
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
      'x-kubernetes-list-map-keys': ['name'],
    });
  });

  it('has only patterns that mean the same in Go and in JavaScript', () => {
    const patterns = new Set(allSchemas().flatMap(({ pattern }) => (typeof pattern === 'string' ? [pattern] : [])));
    expect(patterns.size).toBeGreaterThan(30);
    for (const pattern of patterns) {
      expect(() => new RegExp(pattern)).not.toThrow();
      // RE2 alone: inline flags, named groups with P, \A \z \Q \pL \C, POSIX classes. JavaScript alone: look-behind, \b in classes, back references.
      const ours = pattern === '^(?!\\.{1,2}$)[^/%]+$';
      if (!ours) expect(pattern).not.toMatch(/\(\?(?!:)|\\[AzQpPCxk](?!60)|\[\[:|\\[1-9]|\\[sSdDwWbB]/);
    }
  });
});

describe('the schemas', () => {
  it('of one group load without the others', async () => {
    const lookup = await loadSchemas(['helm.toolkit.fluxcd.io/v2', 'example.com/v1']);
    expect(lookup.find('helm.toolkit.fluxcd.io/v2', 'HelmRelease')).toBeDefined();
    expect(lookup.find('kustomize.toolkit.fluxcd.io/v1', 'Kustomization')).toBeUndefined();
  });

  it('of every group load at once', async () => {
    const lookup = await loadAllSchemas();
    for (const file of schemaFiles)
      for (const [apiVersion, kinds] of Object.entries(read(file).kinds))
        for (const kind of Object.keys(kinds)) expect(lookup.find(apiVersion, kind)?.root.type).toBe('object');
  });

  it.each(['v1', 'apps/v1', 'rbac.authorization.k8s.io/v1'])('of Kubernetes itself load for %s', async (apiVersion) => {
    const lookup = await loadSchemas([apiVersion]);
    expect(groupsWithFile).not.toContain(groupOf(apiVersion));
    for (const kind of kindsOf(apiVersion)) expect(lookup.find(apiVersion, kind)).toBeDefined();
  });
});

describe('the rules written in CEL', () => {
  const texts = () =>
    new Set(allSchemas().flatMap((schema) => (schema['x-kubernetes-validations'] ?? []).map(({ rule }) => rule)));

  it('each have a counterpart, and each counterpart a rule', () => {
    expect(celRules.map(({ text }) => text).sort()).toEqual([...texts()].sort());
  });

  it('each have a counterpart once', () => {
    expect(new Set(celRules.map(({ text }) => text)).size).toBe(celRules.length);
  });
});
