import type { NextStep } from '../../cli/outcome.ts';
import type { FluxPlace } from '../../kube/remaining-objects.ts';
import type { ModelEdit } from '../../model/edit-model.ts';
import type { Model } from '../../model/model.ts';
import type { RepoPath } from '../../tree/repo-path.ts';

/** What is taken out before the unit itself; the model keeps the last one in `removing.phase`. */
export interface Phase {
  phase: 'sync' | 'config' | 'release';
  /** In a sentence: `its release`. */
  takes: string;
}

/** All that differs between nouns of `remove`. Each function gets the model with the unit in it. */
export interface Removal {
  /**
   * In order. After each, the clusters have to be rid of what it took out; then the unit itself goes.
   * @param crds whether CRDs were asked to go
   */
  phases(model: Model, name: string, crds: boolean): Phase[];
  /** What the last phase takes out, in a sentence. */
  rest: string;
  /** Clusters that are waited for, in order. */
  clusters(model: Model, name: string): string[];
  /** What must be gone from each of them after a phase. */
  traces(model: Model, name: string, phase: Phase['phase']): FluxPlace[];
  /** What becomes of places of the model that name it, besides its own entry. */
  references(model: Model, name: string): ModelEdit[];
  /** Folders that are its alone. */
  folders(model: Model, name: string): RepoPath[];
  /** What a person loses or must know. @param phase undefined when the unit itself goes */
  warnings(model: Model, name: string, phase: Phase['phase'] | undefined, crds: boolean): string[];
  /** What is left to a person when it is gone. */
  lastSteps(model: Model, name: string, crds: boolean): NextStep[];
}
