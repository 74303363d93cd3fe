import { expect, test } from 'vitest';
import { diagram } from '../../src/generators/diagram.ts';
import { completeModel } from '../support/complete-model.ts';

const image = { image: 'nginx' };

test('clusters point at their environment, and what waits at what it waits for', () => {
  const model = completeModel({
    clusters: { eu: { environment: 'live' } },
    components: {},
    apps: { shop: { ...image, dependsOn: ['db'] }, db: image },
  });
  expect(diagram(model)).toEqual([
    'cluster.eu(["eu"]) --> environment.live',
    'subgraph environment.live["live"]',
    'in.live.db["db"]',
    'in.live.shop["shop"]',
    'in.live.shop --> in.live.db',
    'end',
  ]);
});

test('every name is an id that Mermaid can read, and no two names are one id', () => {
  const names = ['end', 'graph-a', 'a--b', 'a---b', 'a-b', 'a', 'b', 'cluster', 'environment', 'in'];
  const clusters = Object.fromEntries(names.map((name) => [name, { environment: name }]));
  const apps = { 'b-c': image, c: image };
  const lines = diagram(completeModel({ clusters, components: {}, apps, secrets: { strategy: 'none' } }));
  const ids = lines.flatMap((line) => /^(?:subgraph )?([^ [(]+)[[(]/.exec(line)?.[1] ?? []);
  expect(ids).toHaveLength(names.length * 4);
  expect(new Set(ids).size).toBe(ids.length);
  // Mermaid 11 begins an arrow with two hyphens, and knows "end" and others only as the first word.
  for (const id of ids) expect(id).toMatch(/^(cluster|environment|in)(\.[a-z0-9]+([-_]+[a-z0-9]+)*)+$/);
  for (const id of ids) expect(id).not.toContain('--');
});
