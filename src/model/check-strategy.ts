import { catalogue } from '../catalogue/catalogue.ts';
import { declaredSecrets } from './declared-secrets.ts';
import type { ModelFault } from './fault.ts';
import type { Model } from './model.ts';
import { longestRemoteKey, remoteKey } from './remote-key.ts';
import { carrierOf } from './secret-strategies.ts';
import { strategyOf } from './settings.ts';
import { inOrder } from './units.ts';

/** A strategy for secrets has the component that carries it out, and no settings of another strategy. */
export function* checkStrategy(model: Model): Generator<ModelFault> {
  const strategy = strategyOf(model);
  const carrier = carrierOf(strategy);
  if (carrier !== undefined && model.components[carrier] === undefined)
    yield {
      rule: 'model/missing',
      path: ['secrets', 'strategy'],
      message: `"${strategy}" needs component "${carrier}"`,
      hint: `Add "${carrier}: {}" under components, or "${carrier}: {provided: true}" when the cluster brings it.`,
    };
  if (model.secrets.store !== undefined && strategy !== 'external-secrets')
    yield {
      rule: 'model/value',
      path: ['secrets', 'store'],
      message: `is for the strategy external-secrets; this one is ${strategy}`,
    };
  if (strategy === 'external-secrets') yield* checkRemoteKeys(model);
  if (carrier !== undefined) yield* checkEarly(model, strategy, carrier);
}

/** What the carrier itself waits for cannot get its Secrets from it. */
function* checkEarly(model: Model, strategy: string, carrier: string): Generator<ModelFault> {
  const early = new Set<string>();
  const follow = (name: string): void => {
    if (early.has(name) || model.components[name] === undefined) return;
    early.add(name);
    const entry = catalogue.get(name);
    for (const next of [...(entry?.dependsOn ?? []), ...(entry?.after ?? [])]) follow(next);
    for (const next of model.components[name]?.dependsOn ?? []) follow(next);
  };
  follow(carrier);
  for (const name of early)
    for (const [secret] of inOrder(model.components[name]?.secrets))
      yield {
        rule: 'model/circle',
        path: ['components', name, 'secrets', secret],
        message: `${carrier} is not ready before ${name} is, so ${strategy} cannot bring a Secret of it`,
        hint: `Make the Secret by hand in each cluster, and leave it out here.`,
      };
}

/** A store has no folders to tell names apart where it takes no "/": two Secrets must not come to be one entry. */
function* checkRemoteKeys(model: Model): Generator<ModelFault> {
  const known = new Map<string, string>();
  for (const { owner, name, environment, ...declared } of declaredSecrets(model)) {
    const path = [`${owner.kind}s`, owner.name, ...(owner.kind === 'notification' ? [] : ['secrets', name])];
    const key = remoteKey(model, { owner, name, environment, ...declared });
    const place = path.join('.');
    const twin = known.get(key);
    known.set(key, place);
    if (twin !== undefined)
      yield { rule: 'model/duplicate-name', path, message: `its entry in the store would be that of ${twin}: ${key}` };
    if (key.length > longestRemoteKey(model))
      yield {
        rule: 'model/value',
        path,
        message: `its entry in the store would be called ${key}: at most ${longestRemoteKey(model)} characters fit`,
      };
  }
}
