import * as v from 'valibot';
import { fields, oneOf, truth } from './fields.ts';

/**
 * How far the removal of a unit is: `phase` is what was taken out last, which the clusters have to be rid of before the
 * next is. Absent: nothing was. When all is out, the unit itself leaves the model.
 */
export const teamRemoval = () => fields({ phase: oneOf(['sync']) });

/** `crds`: its CRDs go too, and with them every custom resource of their kinds. */
export const componentRemoval = () => fields({ phase: oneOf(['config', 'release']), crds: v.optional(truth()) });

export const appRemoval = () => fields({ phase: oneOf(['release']) });
