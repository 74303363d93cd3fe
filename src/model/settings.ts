import type { KeyScope, Model } from './model.ts';
import type { SecretStrategy } from './secret-strategies.ts';

/** What a reconciled thing is, for its default rhythm. */
export type IntervalClass = 'infrastructure' | 'apps' | 'sources' | 'charts' | 'retry';

/**
 * Flux recommends an hour for a Kustomization and minutes for its source, which is what notices a commit:
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#recommended-settings
 */
const intervals: Record<IntervalClass, string> = {
  infrastructure: '1h',
  apps: '10m',
  sources: '5m',
  charts: '12h',
  retry: '2m',
};

const timeouts = { infrastructure: '10m', apps: '5m' };

/** What development environments get when the wizard writes them: people wait in front of these. */
export const developmentIntervals = { infrastructure: '5m', apps: '1m', sources: '1m', retry: '1m' };

/** How often something is reconciled: the unit's own setting, its environment's, the repository's, ours. */
export function intervalOf(model: Model, kind: IntervalClass, environment?: string, own?: string): string {
  const inEnvironment = environment === undefined ? undefined : model.environments[environment]?.intervals?.[kind];
  return own ?? inEnvironment ?? model.intervals?.[kind] ?? intervals[kind];
}

/** How long something may take to become ready; same order as intervals. */
export function timeoutOf(model: Model, kind: 'infrastructure' | 'apps', environment?: string, own?: string): string {
  const inEnvironment = environment === undefined ? undefined : model.environments[environment]?.timeouts?.[kind];
  return own ?? inEnvironment ?? model.timeouts?.[kind] ?? timeouts[kind];
}

/** Length of a Flux duration such as `1h30m`, in seconds. */
export function seconds(duration: string): number {
  const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };
  const parts = duration.matchAll(/([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)/g);
  return [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0), 0);
}

/** The shortest Flux duration of whole seconds that is no shorter: 5400 becomes `1h30m`. */
export function durationOf(length: number): string {
  const total = Math.ceil(length);
  const parts: [number, string][] = [
    [Math.floor(total / 3600), 'h'],
    [Math.floor((total % 3600) / 60), 'm'],
    [total % 60, 's'],
  ];
  const text = parts.map(([amount, unit]) => (amount > 0 ? `${amount}${unit}` : '')).join('');
  return text === '' ? '0s' : text;
}

export function strategyOf(model: Model): SecretStrategy {
  return model.secrets.strategy ?? 'sops';
}

/** One key per cluster by default; a fleet shares one per environment, so that adding a cluster re-encrypts nothing. */
export function keyScopeOf(model: Model): KeyScope {
  return model.secrets.keyScope ?? (model.layout === 'fleet' ? 'environment' : 'cluster');
}
