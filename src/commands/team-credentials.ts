import { declaredSecrets } from '../model/declared-secrets.ts';
import type { ModelEdit } from '../model/edit-model.ts';
import { knownHostsOf } from '../model/known-hosts.ts';
import type { Model } from '../model/model.ts';
import { strategyOf } from '../model/settings.ts';
import { deployKeySecret, teamKeySecret } from '../model/team-secrets.ts';
import { transportOf } from '../model/team-source.ts';
import { environmentsOf } from '../model/teams.ts';
import { inOrder } from '../model/units.ts';
import { generateDeployKey } from '../secrets/deploy-keys/deploy-key.ts';
import type { NamedKey } from '../secrets/generate-keys.ts';
import { keyFileName } from '../secrets/key-name.ts';
import { strategies } from '../secrets/strategies/strategies.ts';
import { type SecretValues, textValue } from '../secrets/values/secret-value.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/** The values of a team's Secret that nobody has to say: they were made just now. In memory only. */
export interface TeamCredential {
  team: string;
  /** The Secret's name. */
  secret: string;
  values: SecretValues;
  /** The public half of a deploy key, for the model and for whoever registers it. */
  publicKey?: string;
}

/**
 * Makes the keys that fetch teams' repositories, where there is none yet and a file to keep the private half in, and puts
 * new age keys of teams beside them. Where the strategy seals nothing, people bring both.
 *
 * @param keys made just now
 */
export function newTeamCredentials(model: Model, keys: readonly NamedKey[]): TeamCredential[] {
  if (strategies[strategyOf(model)].seal === undefined) return [];
  const ageKeys = keys.flatMap(({ key, identity }): TeamCredential[] =>
    key.kind === 'team'
      ? [
          {
            team: key.name,
            secret: teamKeySecret(key.name),
            values: new Map([[keyFileName(key), textValue(`${identity.reveal()}\n`)]]),
          },
        ]
      : [],
  );
  return [...deployKeys(model), ...ageKeys];
}

function deployKeys(model: Model): TeamCredential[] {
  return inOrder(model.teams)
    .filter(([, team]) => transportOf(team.source) === 'ssh' && team.deployKey === undefined)
    .filter(([, team]) => environmentsOf(model, team).length > 0)
    .map(([team, { source, knownHosts }]) => {
      const { identity, publicKey } = generateDeployKey(`${team}@${model.repository.name}`);
      const values: SecretValues = new Map([
        ['identity', { text: identity, isBinary: false }],
        ['identity.pub', textValue(`${publicKey}\n`)],
        ['known_hosts', textValue(`${knownHostsOf(source, knownHosts).join('\n')}\n`)],
      ]);
      return { team, secret: deployKeySecret, values, publicKey };
    });
}

/** Where the public halves go in the model. */
export function credentialEdits(credentials: readonly TeamCredential[]): ModelEdit[] {
  return credentials.flatMap(({ team, publicKey }) =>
    publicKey === undefined ? [] : [{ path: ['teams', team, 'deployKey'] as const, value: publicKey }],
  );
}

/** The model with the public halves of new deploy keys. */
export function withDeployKeys(model: Model, credentials: readonly TeamCredential[]): Model {
  const teams = inOrder(model.teams).map(([name, team]) => {
    const made = credentials.find(({ team: owner, publicKey }) => owner === name && publicKey !== undefined);
    return [name, made?.publicKey === undefined ? team : { ...team, deployKey: made.publicKey }];
  });
  return { ...model, teams: Object.fromEntries(teams) };
}

/**
 * Seals credentials, a file for each environment of the team.
 *
 * @param read files as they will be: what says who is to read it may be part of the same plan
 * @returns path -> ciphertext
 */
export async function sealCredentials(
  credentials: readonly TeamCredential[],
  { model, read }: { model: Model; read(path: RepoPath): string | undefined },
): Promise<Map<RepoPath, string>> {
  const { seal } = strategies[strategyOf(model)];
  const sealed = new Map<RepoPath, string>();
  if (seal === undefined || credentials.length === 0) return sealed;
  for (const declared of declaredSecrets(model)) {
    const made = credentials.find(
      ({ team, secret }) => declared.owner.kind === 'team' && declared.owner.name === team && declared.name === secret,
    );
    if (made === undefined) continue;
    const file = await seal({ declared, values: made.values }, { model, read, now: new Date() });
    sealed.set(file.path, file.text);
  }
  return sealed;
}
