import { defaultComponents } from '../catalogue/catalogue.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { modelFaults } from './check-model.ts';
import { defaultClusters } from './defaults.ts';
import { throwFaults } from './fault.ts';
import { type Draft, type Model, modelSchema } from './model.ts';
import { validated } from './read-model.ts';
import { developmentIntervals } from './settings.ts';
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
  const clusters = draft.clusters ?? namedAfterThemselves(defaultClusters[layout]);
  const components = draft.components ?? Object.fromEntries(defaultComponents().map((name) => [name, {}]));
  const complete = {
    ...draft,
    version: 1,
    id: identity.id,
    repository: { ...draft.repository, name: draft.repository?.name ?? identity.name },
    layout,
    environments: sorted(draft.environments ?? environmentsOf(clusters)),
    clusters: sorted(clusters),
    components: sorted(components),
    apps: sorted(draft.apps ?? {}),
    secrets: { strategy: 'sops', ...draft.secrets },
  };
  const model = validated(modelSchema, complete, 'the answers');
  throwFaults(modelFaults(model), 'the answers', placeOf);
  return model;
}

function namedAfterThemselves(names: readonly string[]): NonNullable<Draft['clusters']> {
  return Object.fromEntries(names.map((name) => [name, { environment: name }]));
}

/** People wait in front of a development environment, so it is reconciled more often. */
function environmentsOf(clusters: NonNullable<Draft['clusters']>): NonNullable<Draft['environments']> {
  const names = Object.values(clusters).map((cluster) => cluster.environment);
  const settings = (name: string) =>
    name === 'development' || name === 'dev' ? { intervals: developmentIntervals } : {};
  return Object.fromEntries(names.map((name) => [name, settings(name)]));
}

function sorted<Value>(map: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(inOrder(map));
}
