import { nearest } from '../nearest.ts';

/** Ways to mistype it: many names end in `-system`, and none of those is near it. */
const likeFlux = /^f[lux]{2,3}[-_.]?s/i;

/**
 * The name that was most likely meant. `flux-system` is meant only by what begins like it.
 *
 * @param own the name of who refers: nobody means himself
 */
export function likelyName(name: string, names: Iterable<string>, own?: string): string | undefined {
  const candidates = [...names].filter((each) => each !== own && (each !== 'flux-system' || likeFlux.test(name)));
  return nearest(name, candidates);
}
