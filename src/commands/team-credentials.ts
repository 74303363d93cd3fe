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
import type { NewCredential } from './new-credential.ts';

/**
 * Makes the keys that fetch teams' repositories, where there is none yet and a file to keep the private half in, and puts
 * new age keys of teams beside them. Where the strategy seals nothing, people bring both.
 *
 * @param keys made just now
 */
export function newTeamCredentials(model: Model, keys: readonly NamedKey[]): NewCredential[] {
  if (strategies[strategyOf(model)].seal === undefined) return [];
  const ageKeys = keys.flatMap(({ key, identity }): NewCredential[] =>
    key.kind === 'team'
      ? [
          {
            owner: { kind: 'team', name: key.name },
            secret: teamKeySecret(key.name),
            values: new Map([[keyFileName(key), textValue(`${identity.reveal()}\n`)]]),
            edits: [],
          },
        ]
      : [],
  );
  return [...deployKeys(model), ...ageKeys];
}

function deployKeys(model: Model): NewCredential[] {
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
      const edits = [{ path: ['teams', team, 'deployKey'] as const, value: publicKey }];
      return { owner: { kind: 'team', name: team }, secret: deployKeySecret, values, edits };
    });
}
