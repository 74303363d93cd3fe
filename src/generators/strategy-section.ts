import { type DeclaredSecret, declaredSecrets } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { remoteKey } from '../model/remote-key.ts';
import { defaultStore } from '../model/secret-store.ts';
import type { SecretStrategy } from '../model/secret-strategies.ts';
import { strategyOf } from '../model/settings.ts';
import { clustersOf, livingEnvironments } from '../model/units.ts';
import { kubectlRecipe } from '../secrets/by-hand.ts';
import { remoteProperties } from '../secrets/external-secrets/remote-properties.ts';
import { storeTitles } from '../secrets/external-secrets/store-titles.ts';
import { controllerNamespace } from '../secrets/sealed-secrets/controller-namespace.ts';
import { renderText, type View } from './render.ts';

/** What a strategy's section of the README is rendered from; undefined when there is nothing to say. */
const views: Readonly<Record<SecretStrategy, (model: Model) => View | undefined>> = {
  // its section is part of the README's own template
  sops: () => undefined,
  'external-secrets': (model) => ({
    store: storeTitles[(model.secrets.store ?? defaultStore).provider],
    secrets: declaredSecrets(model).map((declared) => ({
      object: objectOf(declared),
      key: remoteKey(model, declared),
      properties: remoteProperties(declared).join('`, `'),
    })),
  }),
  'sealed-secrets': (model) => ({
    environments: livingEnvironments(model),
    namespace: controllerNamespace(),
    keysFolder: `${model.repository.name}-${model.id}`,
  }),
  none: (model) => {
    const secrets = declaredSecrets(model).map((declared) => ({
      object: objectOf(declared),
      clusters: placesOf(model, declared).join(', '),
      recipe: kubectlRecipe(declared),
    }));
    return secrets.length === 0 ? undefined : { secrets };
  },
};

/** The README's section about Secrets, for a strategy that has a template of its own; else empty. */
export function strategySection(model: Model, version: string): string {
  const strategy = strategyOf(model);
  const view = views[strategy](model);
  return view === undefined ? '' : renderText(`readme/${strategy}.md`, { version, ...view }).trimEnd();
}

function objectOf({ namespace, name }: DeclaredSecret): string {
  return `${namespace}/${name}`;
}

function placesOf(model: Model, { environment, cluster }: DeclaredSecret): string[] {
  return environment === undefined ? [cluster ?? ''] : clustersOf(model, environment);
}
