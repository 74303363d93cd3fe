import type { Model } from '../model/model.ts';
import type { Entry } from '../plan/entry.ts';

/**
 * Says what one kind of unit wants to be in the repository. Pure: same model, same entries.
 * A generator never looks at another generator's output; what they share is a fact of the model.
 */
export interface Generator {
  /** @param name the unit's name, a key of the model's map for this kind */
  generate(model: Model, name: string): Entry[];
}
