import { expect, test } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { modelFrom } from '../../src/model/complete-draft.ts';
import type { Draft } from '../../src/model/model.ts';

const draft: Draft = {
  variables: { domain: 'example.com' },
  environments: { production: { variables: { tier: 'gold' } }, staging: {} },
  clusters: {
    eu: { environment: 'production', variables: { zone: 'a' } },
    us: { environment: 'production' },
    test: { environment: 'staging' },
  },
};

const chart = { url: 'oci://example.com/x', version: '1.x' };

function told(values: Record<string, unknown>, inEnvironment?: string): string[] {
  const unit = inEnvironment === undefined ? { values } : { environments: { [inEnvironment]: { values } } };
  try {
    modelFrom({ ...draft, apps: { shop: { chart, ...unit } } }, { name: 'demo', id: '0123abcd' });
    return [];
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

// Each was tried with `flux envsubst --strict` of Flux 2.9.
test.for([
  'shop.${domain}',
  '${cluster_name} ${cluster_environment}',
  '${x:=y}',
  '${x:=}',
  '${x:-y}',
  '${x=1}',
  '${x:=${domain}}',
  '${domain^^} ${domain/a/b} ${domain:0:3} ${#domain}',
  '$${x}',
  '$$$${x}',
  '$x and $',
])('Flux can substitute %s', (text) => {
  expect(told({ a: [text] })).toEqual([]);
});

test.for([
  ['${x}', 'variable "x" is not set for cluster "eu"'],
  ['${x:0:3}', 'variable "x" is not set for cluster "eu"'],
  ['${#x}', 'variable "x" is not set for cluster "eu"'],
  ['$$${x}', 'variable "x" is not set for cluster "eu"'],
  ['${x:=${y}}', 'variable "y" is not set for cluster "eu"'],
  ['${', '"${" begins a variable for Flux, and none follows'],
  ['${domain', '"${" begins a variable for Flux, and none follows'],
  ['${}', '"${" begins a variable for Flux, and none follows'],
  ['${x-y}', '"${" begins a variable for Flux, and none follows'],
  ['${{ secrets.X }}', '"${" begins a variable for Flux, and none follows'],
  ['${1}', '"${" begins a variable for Flux, and none follows'],
] as const)('Flux would stop at %s', ([text, reason]) => {
  expect(told({ a: [text] })).toEqual([`apps.shop.values.a[0]: ${reason}`]);
});

test('a key is substituted like a value', () => {
  expect(told({ a: { '${x}': 1 } })).toEqual(['apps.shop.values.a.${x}: variable "x" is not set for cluster "eu"']);
});

test('a variable must be set wherever the text goes', () => {
  expect(told({ a: '${tier}' })).toEqual(['apps.shop.values.a: variable "tier" is not set for cluster "test"']);
  expect(told({ a: '${tier}' }, 'production')).toEqual([]);
  expect(told({ a: '${zone}' }, 'production')).toEqual([
    'apps.shop.environments.production.values.a: variable "zone" is not set for cluster "us"',
  ]);
});
