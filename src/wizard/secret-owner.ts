import type { SecretOwner } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { secretsOfNotification } from '../model/notifications.ts';
import type { SecretType } from '../model/secret-fields.ts';
import { secretsOfTeam } from '../model/team-secrets.ts';
import { inOrder } from '../model/units.ts';
import { firstOf, type SaidOfUnit } from './addition.ts';

export const ownerKinds = ['app', 'component', 'cluster', 'team', 'notification'] as const;

const maps = {
  app: 'apps',
  component: 'components',
  cluster: 'clusters',
  team: 'teams',
  notification: 'notifications',
} as const;

/** What an owner declares about one Secret. */
interface Declaration {
  type?: SecretType | undefined;
  namespace?: string | undefined;
  /** Not of a cluster's. */
  environments?: readonly string[];
  keys: readonly string[];
}

/** Everything that can own a Secret. What the cluster brings has no files of ours, and so none either. */
export function ownersOf(model: Model): SecretOwner[] {
  return ownerKinds.flatMap((kind) =>
    inOrder<object>(model[maps[kind]])
      .filter(([, unit]) => !('provided' in unit && unit.provided === true))
      // A notification has what its type needs, or its team has that.
      .filter(([name]) => kind !== 'notification' || Object.keys(secretsOfNotification(model, name)).length > 0)
      .map(([name]) => ({ kind, name })),
  );
}

/** Whose Secret it is: by flag (`app: [web]`), or as it was chosen (`owner: [app web]`). */
export function ownerIn(said: SaidOfUnit): SecretOwner | undefined {
  for (const kind of ownerKinds) {
    const name = firstOf(said, kind);
    if (name !== undefined) return { kind, name };
  }
  const [chosen, name = ''] = (firstOf(said, 'owner') ?? '').split(' ');
  const kind = ownerKinds.find((known) => known === chosen);
  return kind === undefined ? undefined : { kind, name };
}

/** What the model declares already under this owner and name. */
export function declarationIn(said: SaidOfUnit, model: Model): Declaration | undefined {
  const owner = ownerIn(said);
  const name = firstOf(said, 'name');
  if (owner === undefined || name === undefined) return undefined;
  return ownSecrets(model, owner)[name];
}

/** Where a declaration stands in the model. */
export function declarationPath({ kind, name }: SecretOwner, secret: string) {
  return [maps[kind], name, 'secrets', secret] as const;
}

/** All that an owner declares, by name; of a team also what follows from how it works. */
export function ownSecrets(model: Model, { kind, name }: SecretOwner): Readonly<Record<string, Declaration>> {
  if (kind === 'team') return secretsOfTeam(model, name);
  if (kind === 'notification') return secretsOfNotification(model, name);
  const owners: Readonly<Record<string, { secrets?: Readonly<Record<string, Declaration>> | undefined }>> =
    model[maps[kind]];
  return (Object.hasOwn(owners, name) && owners[name]?.secrets) || {};
}

/** Whether a Secret is there because of what its owner is, such as a team's deploy key, and so declared nowhere. */
export function followsFromOwner(model: Model, { kind, name }: SecretOwner, secret: string): boolean {
  if (kind === 'notification') return true;
  const own = kind === 'team' ? model.teams[name]?.secrets : undefined;
  return kind === 'team' && Object.hasOwn(secretsOfTeam(model, name), secret) && !Object.hasOwn(own ?? {}, secret);
}

/** The flag that names an owner: `--app web`. */
export function ownerWords({ kind, name }: SecretOwner): string[] {
  return [`--${kind}`, name];
}
