import { catalogue } from '../../catalogue/catalogue.ts';
import { carrierOf } from '../../model/secret-strategies.ts';

/** Where the controller runs that we install; it takes keys of its own namespace only. */
export function controllerNamespace(): string {
  const namespace = catalogue.get(carrierOf('sealed-secrets') ?? '')?.namespace;
  if (namespace === undefined) throw new Error('the catalogue has no controller of Sealed Secrets');
  return namespace;
}
