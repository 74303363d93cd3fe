import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyModuleFolder } from './go-module.ts';

/** A chart whose source is in a published Go module, made as its project's release does. */
interface PublishedChart {
  module: string;
  path: string;
  complete(folder: string): void;
}

const publishedCharts: Record<string, PublishedChart> = {
  'cert-manager': {
    module: 'github.com/cert-manager/cert-manager',
    path: 'deploy/charts/cert-manager',
    complete: (folder) => {
      // Nothing answers webhooks where no container runs.
      for (const kind of ['mutating', 'validating']) rmSync(join(folder, 'templates', `webhook-${kind}-webhook.yaml`));
    },
  },
  'gateway-helm': {
    module: 'github.com/envoyproxy/gateway',
    path: 'charts/gateway-helm',
    complete: (folder) => {
      renameSync(join(folder, 'values.tmpl.yaml'), join(folder, 'values.yaml'));
      replaceIn(join(folder, 'values.yaml'), '${GatewayImagePullPolicy}', 'IfNotPresent');
      replaceIn(join(folder, 'values.yaml'), '${GatewayImage}', 'docker.io/envoyproxy/gateway:latest');
    },
  },
};

/**
 * Copies the real chart's source.
 * @param folder does not exist yet; its last part is the chart's name
 * @param version as the registry's tag, with or without `v`
 * @returns false when no source of this chart is known
 */
export async function copyPublishedChart(name: string, version: string, folder: string): Promise<boolean> {
  const chart = publishedCharts[name];
  if (chart === undefined) return false;
  await copyModuleFolder(chart.module, `v${version.replace(/^v/, '')}`, chart.path, folder);
  const description = join(folder, 'Chart.yaml');
  writeFileSync(description, readFileSync(description, 'utf8').replace(/^version: .*$/m, `version: ${version}`));
  chart.complete(folder);
  return true;
}

/** The chart as Helm packs it: its folder below its name. */
export function packedChart(folder: string, name: string): Uint8Array {
  return execFileSync('tar', ['--create', '--gzip', '--file=-', `--directory=${folder}`, name], {
    maxBuffer: 64 * 1024 * 1024,
  });
}

function replaceIn(file: string, what: string, by: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(what, by));
}
