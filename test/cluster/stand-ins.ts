import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster, Rewrite } from './cluster.ts';
import { fluxSources, type GitSource } from './flux-sources.ts';
import { copyModuleFolder } from './go-module.ts';
import { copyPublishedChart, packedChart } from './published-charts.ts';

/** Git repositories that are Go modules too: what Flux would fetch from GitHub comes from the module proxy. */
const modules: Record<string, string> = {
  'https://github.com/kubernetes-sigs/gateway-api': 'sigs.k8s.io/gateway-api',
  'https://github.com/envoyproxy/gateway': 'github.com/envoyproxy/gateway',
};

/**
 * Publishes in the cluster a stand-in for every chart and git repository of the internet that a generated repository
 * fetches, in the versions it asks for.
 * @returns what `sync` must replace
 */
export async function publishStandIns(cluster: Cluster, repository: string): Promise<Rewrite[]> {
  const { git, charts } = fluxSources(repository);
  const rewrites: Rewrite[] = [];
  for (const source of git) {
    const name = source.url.replace(/^https:\/\//, '').replaceAll('/', '-');
    await publishGitSource(cluster, name, source);
    rewrites.push({ from: source.url, to: cluster.places.git(name) });
  }
  for (const { url, name, ranges, filter } of charts) {
    for (const version of new Set(ranges.map(firstVersion))) {
      await publishChart(cluster, name, version);
      // A registry that needs a filter has every version twice.
      if (filter !== undefined) await publishChart(cluster, name, `v${version}`);
    }
    rewrites.push({ from: url, to: url.startsWith('oci://') ? cluster.places.oci(name) : cluster.places.helm });
  }
  // An address may begin with another one.
  return rewrites.sort((one, other) => other.from.length - one.from.length);
}

async function publishGitSource(cluster: Cluster, name: string, { url, tag, paths }: GitSource): Promise<void> {
  const module = modules[url];
  if (module === undefined) throw new Error(`nothing stands in for ${url}`);
  await inTemporaryFolder(async (folder) => {
    for (const path of new Set(paths)) await copyModuleFolder(module, tag, path, join(folder, path));
    await cluster.publishGit(name, folder, tag);
  });
}

/** The real chart where its source can be had, else one that makes a Deployment of its own name. */
async function publishChart(cluster: Cluster, name: string, version: string): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    if (await copyPublishedChart(name, version, join(folder, name)))
      await cluster.publishChart({ name, version, packed: packedChart(folder, name) });
    else await cluster.publishChart({ name, version });
  });
}

async function inTemporaryFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flux-repo-stand-in-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The version a range begins with: `1.21.x` and `>=1.21.0 <2.0.0` are 1.21.0. */
function firstVersion(range: string): string {
  const [, major, minor, patch] = /^[^0-9]*([0-9]+)(?:\.([0-9]+|x))?(?:\.([0-9]+|x))?/.exec(range) ?? [];
  if (major === undefined) throw new Error(`no version begins the range ${range}`);
  return [major, minor, patch].map((part) => (part === undefined || part === 'x' ? '0' : part)).join('.');
}
