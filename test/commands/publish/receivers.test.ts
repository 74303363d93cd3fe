import { expect, test } from 'vitest';
import { receiverPlaces } from '../../../src/commands/publish/receivers.ts';
import type { Draft } from '../../../src/model/model.ts';
import { memoryTree } from '../../../src/tree/overlay-tree.ts';
import { completeModel } from '../../support/complete-model.ts';

const path = `/hook/${'0123456789abcdef'.repeat(4)}`;
const other = `/hook/${'fedcba9876543210'.repeat(4)}`;

const draft: Draft = {
  repository: { provider: 'github', owner: 'acme', name: 'fleet' },
  clusters: {
    'eu-1': { environment: 'production', variables: { domain: 'eu.acme.dev' } },
    'us-1': { environment: 'production' },
  },
  environments: { production: {} },
  components: { 'gateway-api': {}, 'envoy-gateway': {} },
  teams: {
    shop: { source: 'https://github.com/acme/shop', clusters: ['eu-1'] },
    wiki: { source: 'https://git.acme.dev/acme/wiki', clusters: ['eu-1'] },
  },
  notifications: {
    receiver: { webhookPath: path },
    'shop-receiver': { type: 'receiver', team: 'shop', webhookPath: other },
    'wiki-receiver': { type: 'receiver', team: 'wiki', webhookPath: other },
  },
};

/** The receivers of the draft, with another part of it. */
const placesOf = (change: Partial<Draft> = {}, files: Record<string, string> = {}) =>
  receiverPlaces(completeModel({ ...draft, ...change }), memoryTree(new Map(Object.entries(files))));

test('a webhook is known where the domain of its cluster is', () => {
  const places = placesOf().filter(({ receiver }) => receiver === 'receiver');
  expect(places.map(({ cluster, url }) => [cluster, url])).toEqual([
    ['eu-1', `https://flux-webhook.eu.acme.dev${path}`],
    ['us-1', undefined],
  ]);
  expect(places[0]?.secret?.path).toBe(
    'infrastructure/overlays/production/notifications/release/notification-receiver.sops.yaml',
  );
});

test("a team's goes to the team's repository, where its server signs as Flux knows it", () => {
  const places = placesOf().filter(({ source }) => source !== undefined);
  expect(places.map(({ receiver, cluster, source, isGeneric }) => [receiver, cluster, source, isGeneric])).toEqual([
    ['shop-receiver', 'eu-1', 'https://github.com/acme/shop', false],
    ['wiki-receiver', 'eu-1', 'https://git.acme.dev/acme/wiki', true],
  ]);
  expect(places[0]?.secret?.owner).toEqual({ kind: 'team', name: 'shop' });
});

test('the route that people edited says the host', () => {
  const route = 'infrastructure/base/notifications/receiver/config/httproute.yaml';
  const edited = (hostname: string) =>
    placesOf({}, { [route]: `spec:\n  hostnames:\n    - ${hostname}\n` }).map(({ url }) => url);
  expect(edited('hooks.acme.dev').slice(0, 2)).toEqual([
    `https://hooks.acme.dev${path}`,
    `https://hooks.acme.dev${path}`,
  ]);
  expect(edited('${cluster_name}.acme.dev')[1]).toBe(`https://us-1.acme.dev${path}`);
  expect(edited('"*.acme.dev"')[0]).toBeUndefined();
  expect(edited('${broken')[0]).toBeUndefined();
});

test('without a Gateway of ours nobody knows the host, and without a token there is no path', () => {
  expect(placesOf({ components: {} }).map(({ url }) => url)).toEqual([undefined, undefined, undefined, undefined]);
  expect(placesOf({ notifications: { receiver: {} } }).map(({ url }) => url)).toEqual([undefined, undefined]);
});
