import { defaultComponents } from '../catalogue/catalogue.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { modelFaults } from './check-model.ts';
import { environmentSettings } from './defaults.ts';
import { throwFaults } from './fault.ts';
import { layoutTraits } from './layouts.ts';
import { type Draft, type Model, modelSchema } from './model.ts';
import { validated } from './read-model.ts';
import { defaultStore } from './secret-store.ts';
import { carrierOf } from './secret-strategies.ts';
import { inOrder } from './units.ts';
import type { Place } from './yaml-source.ts';

/** What nobody can default. */
export interface Identity {
  /** Used when the draft has no `repository.name`. */
  name: string;
  /** 8 hex digits. */
  id: string;
}

/**
 * Turns answers into a model: the defaults of the command line's table, and maps in the order of their names.
 * An environment that only clusters name comes to be, unless the draft lists the environments itself.
 * @param placeOf where the draft came from, for contradictions
 * @throws ExpectedError (exit 2) with everything that is wrong
 */
export function modelFrom(draft: Draft, identity: Identity, placeOf?: (path: YamlPath) => Place): Model {
  const layout = draft.layout ?? 'standard';
  const clusters = draft.clusters ?? namedAfterThemselves(layoutTraits[layout].clusters);
  const complete = {
    ...draft,
    version: 1,
    id: identity.id,
    repository: { ...draft.repository, name: draft.repository?.name ?? identity.name },
    layout,
    environments: sorted(draft.environments ?? environmentsOf(clusters)),
    clusters: sorted(clusters),
    components: sorted(componentsOf(draft)),
    apps: sorted(draft.apps ?? {}),
    teams: sorted(draft.teams ?? {}),
    notifications: sorted(draft.notifications ?? {}),
    secrets: secretsOf(draft),
  };
  const model = validated(modelSchema, complete, 'the answers');
  throwFaults(modelFaults(model), 'the answers', placeOf);
  return model;
}

function namedAfterThemselves(names: readonly string[]): NonNullable<Draft['clusters']> {
  return Object.fromEntries(names.map((name) => [name, { environment: name }]));
}

function environmentsOf(clusters: NonNullable<Draft['clusters']>): NonNullable<Draft['environments']> {
  const names = Object.values(clusters).map((cluster) => cluster.environment);
  return Object.fromEntries(names.map((name) => [name, environmentSettings(name)]));
}

/** What carries the strategy for secrets out comes along, unless somebody wants no component at all. */
function componentsOf(draft: Draft): NonNullable<Draft['components']> {
  const chosen = draft.components ?? Object.fromEntries(defaultComponents().map((name) => [name, {}]));
  const carrier = carrierOf(draft.secrets?.strategy ?? 'sops');
  const isNone = draft.components !== undefined && Object.keys(chosen).length === 0;
  return carrier === undefined || isNone || carrier in chosen ? chosen : { ...chosen, [carrier]: {} };
}

function secretsOf({ secrets }: Draft): NonNullable<Draft['secrets']> {
  const store = secrets?.strategy === 'external-secrets' ? { store: defaultStore } : {};
  return { strategy: 'sops', ...store, ...secrets };
}

function sorted<Value>(map: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(inOrder(map));
}
