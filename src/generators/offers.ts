import { catalogue } from '../catalogue/catalogue.ts';
import type { ComponentEntry } from '../catalogue/component-entry.ts';
import type { Model } from '../model/model.ts';
import { namespaceOfComponent } from '../model/namespaces.ts';
import { inOrder } from '../model/units.ts';

type Offers = ComponentEntry['offers'];

/** What some component of the repository offers, and which one. */
export interface Offer<Kind extends keyof Offers> {
  component: string;
  what: NonNullable<Offers[Kind]>;
}

/**
 * Finds who offers something, so that no generator knows a component's name. Nobody begins to rely on what is leaving.
 * @param ours only from components that we install; what the cluster provides has other names
 */
export function offerOf<Kind extends keyof Offers>(model: Model, kind: Kind, ours: boolean): Offer<Kind> | undefined {
  for (const [name, component] of inOrder(model.components)) {
    const what = catalogue.get(name)?.offers[kind];
    if (component.removing === undefined && what !== undefined && !(ours && component.provided === true))
      return { component: name, what };
  }
  return undefined;
}

/** The Gateway that routes attach to. Without one of ours, the cluster's variables name it. */
export function gatewayOf(model: Model): { name: string; namespace: string } {
  return (
    offerOf(model, 'gateway', true)?.what ?? {
      name: '${gateway_name:=platform}',
      namespace: '${gateway_namespace:=gateway-system}',
    }
  );
}

/** Namespaces that a Gateway's traffic comes from: its own, and that of the component whose proxies carry it. */
export function gatewayNamespaces(model: Model): string[] {
  const offer = offerOf(model, 'gateway', true);
  const proxies = offer === undefined ? undefined : namespaceOfComponent(model, offer.component);
  return [...new Set([gatewayOf(model).namespace, ...(proxies === undefined ? [] : [proxies])])];
}
