import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeSystem, fakeSystem } from '../support/fake-system.ts';
import { runMain } from '../support/run-main.ts';
import type { Cluster, Rewrite } from './cluster.ts';
import { eventually, objectAt } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { type EventSink, eventSink, type PostedEvent } from './event-sink.ts';
import { pushClusterKey } from './push-cluster-key.ts';

const searchAddress = 'https://git.example.com/acme/search';
const git = 'gitrepositories.source.toolkit.fluxcd.io';

describeCluster('notifications of real Flux controllers', (cluster) => {
  let machine: FakeSystem & { remove(): void };
  let root: string;
  let sink: EventSink;
  let rewrites: Rewrite[];
  const sync = () => cluster().sync(root, { path: 'clusters/production', rewrites });

  beforeAll(async () => {
    sink = await eventSink();
    machine = fakeSystem();
    root = join(machine.cwd, 'platform');
    const urls = { SINK: `${sink.address}/platform`, TEAM_SINK: `${sink.address}/search` };
    machine.env = { ...machine.env, ...urls, GITEA: `${sink.address}/acme/platform`, GITEA_TOKEN: 'a-token' };
    const parts = ['--cluster', 'production', '--component', 'none', '--app', 'web'];
    const told = ['--notify', 'generic,severity=info', '--notify-secret-env', 'generic=SINK', '--notify', 'receiver'];
    await run('platform', '--yes', ...parts, ...told, '--team', `search,source=${searchAddress}`);
    machine.cwd = root;
    const own = ['--type', 'generic', '--team', 'search', '--secret-env', 'TEAM_SINK'];
    await run('add', 'notification', 'search-errors', ...own, '--yes');
    const forge = ['--secret-env', 'address=GITEA', '--secret-env', 'token=GITEA_TOKEN'];
    await run('add', 'notification', 'gitea', ...forge, '--yes');
    rewrites = await publishSearch(cluster());
    await pushClusterKey(cluster(), machine);
    await sync();
  });
  afterAll(() => {
    sink?.close();
    machine?.remove();
  });

  async function run(...words: string[]): Promise<void> {
    const { code, err } = await runMain(machine, words);
    if (code !== 0) throw new Error(err);
  }
  const posted = (path: string, wanted: (event: PostedEvent) => boolean) =>
    eventually(true, async () => sink.at(path).some(wanted));
  /** A Kustomization that fails, as somebody may apply it. */
  const applyBroken = async (namespace: string, account: string, source: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'flux-repo-broken-'));
    const metadata = { name: 'broken', namespace };
    const sourceRef = { kind: 'GitRepository', name: source };
    const spec = { interval: '1m', path: './nowhere', prune: true, serviceAccountName: account, sourceRef };
    const object = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec };
    writeFileSync(join(folder, 'broken.json'), JSON.stringify(object));
    await cluster().run('kubectl', ['apply', '--filename', join(folder, 'broken.json')]);
    rmSync(folder, { recursive: true });
  };

  it('tell what happened, with the cluster and its environment', async () => {
    const file = join(root, 'apps/base/web/deployment.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('replicas: 2', 'replicas: 3'));
    await sync();
    const isWanted = ({ involvedObject: { kind, name }, severity }: PostedEvent) =>
      kind === 'Kustomization' && name === 'web' && severity === 'info';
    expect(await posted('/platform', isWanted)).toBe(true);
    for (const { metadata } of sink.at('/platform'))
      expect(metadata).toMatchObject({ cluster: 'production', environment: 'production' });
  });

  it('give a commit its status, named after what was applied and where', async () => {
    const wanted = { state: 'success', context: 'kustomization/web/production' };
    const isWanted = async () =>
      sink.statuses().some(({ state, context }) => state === wanted.state && context === wanted.context);
    expect(await eventually(true, isWanted), JSON.stringify(sink.statuses())).toBe(true);
  });

  it('tell what failed', async () => {
    await applyBroken('flux-system', 'kustomize-controller', 'flux-system');
    const isWanted = ({ involvedObject: { name }, severity, message }: PostedEvent) =>
      name === 'broken' && severity === 'error' && message.includes('nowhere');
    expect(await posted('/platform', isWanted)).toBe(true);
    await cluster().run('kubectl', [
      '--namespace=flux-system',
      'delete',
      'kustomizations.kustomize.toolkit.fluxcd.io',
      'broken',
    ]);
  });

  it('of a team tell of its namespace, and of failures only', async () => {
    await applyBroken('search', 'search', 'search');
    const isWanted = ({ involvedObject: { namespace, name } }: PostedEvent) =>
      namespace === 'search' && name === 'broken';
    expect(await posted('/search', isWanted)).toBe(true);
    expect(sink.at('/search').filter(({ severity }) => severity !== 'error')).toEqual([]);
    expect(sink.at('/search').filter(({ involvedObject }) => involvedObject.namespace !== 'search')).toEqual([]);
    expect(sink.at('/platform').filter(({ involvedObject }) => involvedObject.namespace !== 'flux-system')).toEqual([]);
    expect(sink.at('/search')[0]?.metadata).toMatchObject({ cluster: 'production', environment: 'production' });
    await cluster().run('kubectl', [
      '--namespace=search',
      'delete',
      'kustomizations.kustomize.toolkit.fluxcd.io',
      'broken',
    ]);
  });

  it('in the other direction: a webhook at the computed path fetches at once, if it is signed', async () => {
    const [path = ''] = /\/hook\/[0-9a-f]{64}/.exec(readFileSync(join(root, 'flux-repo.yaml'), 'utf8')) ?? [];
    const receiver = await objectAt(cluster(), 'receivers.notification.toolkit.fluxcd.io', 'flux-system/receiver');
    expect(receiver?.status?.webhookPath).toBe(path);
    const secret = await objectAt(cluster(), 'secret', 'flux-system/notification-receiver');
    const token = Buffer.from(secret?.data?.token ?? '', 'base64').toString();
    const body = '{"ref":"refs/heads/main"}';
    const requested = async () =>
      (await objectAt(cluster(), git, 'flux-system/flux-system'))?.metadata.annotations?.[
        'reconcile.fluxcd.io/requestedAt'
      ];
    const post = async (key: string) => {
      const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
      return fetch(`${cluster().places.webhooks}${path}`, {
        method: 'POST',
        body,
        headers: { 'X-Signature': signature },
      });
    };
    const before = await requested();
    expect((await post('another')).status).toBeGreaterThanOrEqual(400);
    expect(await requested()).toBe(before);
    expect((await post(token)).status).toBe(200);
    const after = await requested();
    expect(after).not.toBe(before);
    const handled = async () =>
      (await objectAt(cluster(), git, 'flux-system/flux-system'))?.status?.lastHandledReconcileAt;
    expect(await eventually<unknown>(after, handled)).toBe(after);
  });
});

async function publishSearch(cluster: Cluster): Promise<Rewrite[]> {
  const folder = mkdtempSync(join(tmpdir(), 'flux-repo-search-'));
  writeFileSync(
    join(folder, 'index.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: index\ndata:\n  says: hello\n',
  );
  await cluster.publishGit('search', folder, 'v1');
  rmSync(folder, { recursive: true });
  return [{ from: searchAddress, to: cluster.places.git('search') }];
}
