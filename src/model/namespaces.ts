import { catalogue } from '../catalogue/catalogue.ts';
import type { App, Model } from './model.ts';

/** An app lives in the namespace of its own name unless it says otherwise; several apps may share one. */
export function namespaceOfApp(name: string, app: Pick<App, 'namespace'>): string {
  return app.namespace ?? name;
}

/** Where a component's release lives; undefined for one that brings no workload (CRDs only). */
export function namespaceOfComponent(model: Model, name: string): string | undefined {
  const entry = catalogue.get(name);
  return model.components[name]?.namespace ?? (entry === undefined ? name : entry.namespace);
}

/** Where the Secrets of clusters are: Flux's own objects use them. */
export const clusterSecretNamespace = 'flux-system';
