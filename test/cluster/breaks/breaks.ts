import type { Break } from './break.ts';
import { builds } from './builds.ts';
import { references } from './references.ts';
import { safety } from './safety.ts';
import { schemas } from './schemas.ts';

/** Every mistake that a cluster can show beside others; those of `first-installs.ts` need a cluster of their own. */
export const breaks: readonly Break[] = [...references, ...schemas, ...builds, ...safety];

/** The name of the app in which a mistake is made: `schema/type` is made in `schema-type`, a second one in `schema-type-2`. */
export function appOf(mistake: Break): string {
  const same = breaks.filter(({ rule }) => rule === mistake.rule);
  const count = same.indexOf(mistake) + 1;
  return mistake.rule.replace('/', '-') + (count === 1 ? '' : `-${count}`);
}
