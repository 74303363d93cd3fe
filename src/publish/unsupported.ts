import type { ProviderKind, PublishStep } from './provider.ts';

/** A verb that a provider does not have: `can` said so, whoever calls it all the same has a mistake. */
export function unsupported(kind: ProviderKind, step: PublishStep): () => Promise<never> {
  return async () => {
    throw new Error(`${kind} has no ${step}`);
  };
}
