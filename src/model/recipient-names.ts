import type { Model } from './model.ts';
import { inOrder } from './units.ts';

/**
 * Whose public keys these are, as the model has them: recipient -> `cluster eu`, `environment staging`, `team shop`, or a
 * person's name (`recovery`).
 */
export function recipientNames(model: Model): ReadonlyMap<string, string> {
  const named = (kind: string, map: Record<string, { recipients?: string[] | undefined }>): [string, string][] =>
    inOrder(map).flatMap(([name, { recipients = [] }]) =>
      recipients.map((key): [string, string] => [key, `${kind} ${name}`]),
    );
  return new Map([
    ...named('team', model.teams),
    ...named('environment', model.environments),
    ...named('cluster', model.clusters),
    ...inOrder(model.secrets.recipients).map(([name, key]): [string, string] => [key, name]),
  ]);
}
