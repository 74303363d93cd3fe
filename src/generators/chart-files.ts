import type { Chart, Model } from '../model/model.ts';
import { intervalOf } from '../model/settings.ts';
import type { FileEntry } from '../plan/entry.ts';
import { renderFile, type View } from './render.ts';

/** A chart to install: where from, as what, with which values. */
export interface ChartRelease {
  name: string;
  namespace: string;
  chart: Chart & { versionFilter?: string | undefined };
  values: Record<string, unknown>;
  interval: string;
  /** False when the CRDs come from elsewhere. */
  bringsCrds: boolean;
}

/** `source.yaml` and `release.yaml` of a chart, in `folder`. */
export function chartFiles(model: Model, release: ChartRelease, folder: string): FileEntry[] {
  const view = chartView(model, release);
  const source = isOci(release.chart) ? 'charts/oci-source.yaml' : 'charts/helm-source.yaml';
  return [
    ...renderFile(source, {}, view, `${folder}/source.yaml`),
    ...renderFile('charts/release.yaml', {}, { ...view, interval: release.interval }, `${folder}/release.yaml`),
  ];
}

/** What one environment has differently, as patches in `folder`: their file names are for its kustomization. */
export function chartPatches(
  release: Pick<ChartRelease, 'name' | 'namespace' | 'chart'>,
  differing: { values?: Record<string, unknown> | undefined; version?: string | undefined } | undefined,
  folder: string,
): FileEntry[] {
  const view: View = { name: release.name, namespace: release.namespace, chartName: chartName(release.chart) };
  const { values, version } = differing ?? {};
  return [
    ...(values === undefined
      ? []
      : renderFile('charts/values-patch.yaml', {}, { ...view, values }, `${folder}/values.yaml`)),
    ...(version === undefined
      ? []
      : renderFile('charts/version-patch.yaml', {}, { ...view, version }, `${folder}/version.yaml`)),
  ];
}

function chartView(model: Model, { name, namespace, chart, values, bringsCrds }: ChartRelease): View {
  return {
    name,
    namespace,
    url: addressOf(chart),
    version: chart.version,
    versionFilter: chart.versionFilter ?? null,
    chartName: chartName(chart),
    interval: intervalOf(model, 'charts'),
    chartInterval: intervalOf(model, 'charts'),
    installCrds: bringsCrds ? 'Create' : 'Skip',
    // Helm alone never upgrades CRDs: https://fluxcd.io/flux/components/helm/helmreleases/#upgrade-configuration
    upgradeCrds: bringsCrds ? 'CreateReplace' : 'Skip',
    values: Object.keys(values).length === 0 ? null : values,
  };
}

/** Only a Helm repository needs it: an OCI address names the chart itself. */
function chartName(chart: Chart): string | null {
  return isOci(chart) ? null : (chart.name ?? null);
}

/** An OCI address is the chart's own, whether its name was given apart or not. */
function addressOf({ url, name }: Chart): string {
  const folder = url.replace(/\/+$/, '');
  return !url.startsWith('oci://') || name === undefined || folder.endsWith(`/${name}`) ? url : `${folder}/${name}`;
}

function isOci(chart: Chart): boolean {
  return chart.url.startsWith('oci://');
}
