import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encryptFile } from '../../src/secrets/format/encrypt-file.ts';
import { readSopsConfig } from '../../src/secrets/sops-config/read-sops-config.ts';
import { ruleFor } from '../../src/secrets/sops-config/rule-for.ts';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import type { Cluster, Rewrite } from './cluster.ts';
import { pushClusterKey } from './push-cluster-key.ts';

/** Where the team `search` has its repository; the cluster's git server stands in. */
const searchAddress = 'https://git.example.com/acme/search';

/** A person's repository with two teams: `shop` works in it with a key of its own, `search` in its own repository. */
export async function teamRepository(
  cluster: Cluster,
  layout: string,
): Promise<MadeRepository & { sync(): Promise<unknown> }> {
  const teams = ['--team', 'shop', '--team', `search,source=${searchAddress}`];
  const made = await madeRepository(['--layout', layout, '--component', 'none', ...teams]);
  made.edit(
    'flux-repo.yaml',
    `    source: ${searchAddress}\n`,
    `    source: ${searchAddress}\n    rights: namespace\n`,
  );
  made.edit('flux-repo.yaml', '    source: path\n', '    source: path\n    ownKey: true\n');
  const { code, err } = await made.run('apply', '--yes');
  if (code !== 0) throw new Error(err);
  made.write('teams/shop/kustomization.yaml', kustomization(['greeting.yaml', 'own.sops.yaml']));
  made.write('teams/shop/greeting.yaml', configMap('greeting'));
  await seal(made, 'teams/shop/own.sops.yaml');
  const rewrites = await publishSearch(cluster);
  await pushClusterKey(cluster, made.system);
  return { ...made, sync: () => cluster.sync(made.root, { path: 'clusters/production', rewrites }) };
}

async function publishSearch(cluster: Cluster): Promise<Rewrite[]> {
  const folder = mkdtempSync(join(tmpdir(), 'flux-repo-team-'));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kustomization.yaml'), kustomization(['index.yaml']));
    writeFileSync(join(folder, 'index.yaml'), configMap('index'));
    await cluster.publishGit('search', folder, 'v1');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return [{ from: searchAddress, to: cluster.places.git('search') }];
}

/** What the team encrypts for its own key, by the repository's rules. */
async function seal(made: MadeRepository, path: string): Promise<void> {
  const config = await readSopsConfig({ text: made.read('.sops.yaml'), file: '.sops.yaml' });
  const { recipients, encryption, macOnlyEncrypted } = ruleFor(config, path);
  const text = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: own\nstringData:\n  password: of-the-team\n';
  const about = {
    recipients: recipients.map(({ recipient }) => recipient),
    rule: encryption,
    macOnlyEncrypted,
    now: new Date(),
  };
  made.write(path, await encryptFile({ text, file: path }, about));
}

function kustomization(resources: readonly string[]): string {
  const lines = resources.map((resource) => `  - ${resource}\n`).join('');
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${lines}`;
}

function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  says: hello\n`;
}
