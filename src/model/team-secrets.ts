import type { Model, Team } from './model.ts';
import { clusterSecretNamespace } from './namespaces.ts';
import { notificationsOf, secretsOfNotifications } from './notifications.ts';
import { transportOf } from './team-source.ts';
import { environmentsOf } from './teams.ts';

type SecretOfUnit = NonNullable<Team['secrets']>[string];

/** The Secret that a team's own repository is fetched with, in the team's namespace. */
export const deployKeySecret = 'deploy-key';

/** As Flux reads them: https://fluxcd.io/flux/components/source/gitrepositories/#ssh-authentication */
const deployKeyEntries = ['identity', 'identity.pub', 'known_hosts'] as const;

/** The Secret with the team's own age key, beside the Kustomization that decrypts with it. */
export function teamKeySecret(team: string): string {
  return `sops-age-${team}`;
}

/** Where the team's Kustomization is, and so what it refers to: a team of this repository has it beside Flux's own. */
export function namespaceOfSync(name: string, { source }: Pick<Team, 'source'>): string {
  return transportOf(source) === undefined ? clusterSecretNamespace : name;
}

/** The Secrets of a team by name: those that follow from how it works and is notified, and those it declares. */
export function secretsOfTeam(model: Model, name: string): Record<string, SecretOfUnit> {
  const team = model.teams[name];
  if (team === undefined) return {};
  const environments = environmentsOf(model, team);
  const namespace = namespaceOfSync(name, team);
  const ofNotifications = Object.entries(secretsOfNotifications(model, notificationsOf(model, name)));
  return {
    ...team.secrets,
    ...Object.fromEntries(ofNotifications.map(([secret, declared]) => [secret, { ...declared, namespace }])),
    ...(transportOf(team.source) === 'ssh' && { [deployKeySecret]: { environments, keys: [...deployKeyEntries] } }),
    ...(team.ownKey === true && {
      [teamKeySecret(name)]: {
        namespace,
        environments,
        keys: [`team-${name}.agekey`],
      },
    }),
  };
}
