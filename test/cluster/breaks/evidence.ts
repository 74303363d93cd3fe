import type { Cluster } from '../cluster.ts';
import type { Break } from './break.ts';
import { readiness } from './readiness.ts';

/**
 * Looks into a cluster until it shows what a mistake does, at most until a time.
 *
 * @param name of the app with the mistake
 * @param deadline in milliseconds since 1970
 * @returns what was seen last, and what should be
 */
export async function evidence(
  cluster: Cluster,
  mistake: Break,
  name: string,
  deadline: number,
): Promise<{ seen: string; wanted: RegExp }> {
  const pattern = mistake.shows?.wanted ?? mistake.says;
  if (pattern === undefined) throw new Error(`nothing is said of ${name}`);
  const wanted = new RegExp(pattern.source.replaceAll('NAME', name), pattern.flags);
  const look = mistake.shows?.look ?? readinessOf(mistake.of ?? 'Kustomization/flux-system/NAME');
  let seen = await look(cluster, name);
  while (!wanted.test(seen) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    seen = await look(cluster, name);
  }
  return { seen, wanted };
}

function readinessOf(object: string): NonNullable<Break['shows']>['look'] {
  return async (cluster, name) => {
    const id = object.replaceAll('NAME', name);
    return (await readiness(cluster)).get(id) ?? `${id} is not there`;
  };
}
