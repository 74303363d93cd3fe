import { expect, test } from 'vitest';
import type { Draft } from '../../src/model/model.ts';
import { app, chart, component, image, told } from './told-draft.ts';

test.for([
  [
    'a reserved cluster',
    { clusters: { default: { environment: 'a' } } },
    [expect.stringContaining('clusters.default: "default" is reserved')],
  ],
  [
    'a reserved namespace',
    app('web', { ...image, namespace: 'flux-system' }),
    [expect.stringContaining('apps.web.namespace: "flux-system" is reserved')],
  ],
  [
    'an app and a component of one name',
    { ...component('x', chart), apps: { x: image } },
    ['apps.x: "x" is taken by component "x"; both would be Kustomization flux-system/x'],
  ],
  [
    'an app named as a part of a component',
    { ...component('x', chart), apps: { 'x-config': image } },
    [
      'apps.x-config: "x-config" is taken by the config part of component "x"; both would be Kustomization flux-system/x-config',
    ],
  ],
  [
    'a component named as a part of another',
    { components: { x: chart, 'x-config': chart } },
    [expect.stringContaining('"x-config" is taken by the config part of component "x"')],
  ],
  [
    'an app in the namespace of a component',
    { ...component('x', chart), apps: { web: { ...image, namespace: 'x' } } },
    ['apps.web.namespace: namespace "x" belongs to a component or a team'],
  ],
  [
    'a chart whose release has too long a name',
    app('a'.repeat(54), chart),
    [expect.stringContaining('54 characters, at most 53 fit the names made from it')],
  ],
  [
    'a name that is no label',
    app('Über App'),
    ['apps.Über App: "Über App": "Ü" is not allowed: use lower-case letters, digits and "-"; try "uber-app"'],
  ],
] as [string, Draft, unknown[]][])('%s is refused and explained', ([, draft, expected]) => {
  expect(told(draft)).toEqual(expected);
});

test.for([
  [
    'apps that share a namespace',
    { components: {}, apps: { a: { ...image, namespace: 'shop' }, b: { ...image, namespace: 'shop' } } },
  ],
  ['an image with the longest name', app('a'.repeat(63))],
  ['a chart with the longest name', app('a'.repeat(53), chart)],
  [
    'names that are nearly reserved',
    { components: {}, apps: { 'flux-system-1': image, app: image, 'x-config': image } },
  ],
] as [string, Draft][])('%s is allowed', ([, draft]) => {
  expect(told(draft)).toEqual([]);
});
