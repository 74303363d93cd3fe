import type { NextStep } from '../cli/outcome.ts';
import { secretsOf } from '../model/declared-secrets.ts';
import { knownHostsOf, scanCommand } from '../model/known-hosts.ts';
import type { Model } from '../model/model.ts';
import { strategyOf } from '../model/settings.ts';
import { deployKeySecret } from '../model/team-secrets.ts';
import { transportOf } from '../model/team-source.ts';
import { strategies } from '../secrets/strategies/strategies.ts';

/** What a person does for a team once its files are written. */
export function teamSteps(model: Model, name: string): NextStep[] {
  const team = model.teams[name];
  if (team === undefined) return [];
  if (transportOf(team.source) === undefined)
    return [{ text: `${name} works in teams/${name}/: what its kustomization.yaml lists is applied.`, commands: [] }];
  if (transportOf(team.source) === 'https') return [];
  if (team.deployKey !== undefined)
    return [
      {
        text: `Give ${team.source} this deploy key, with read access${settingsOf(team.source)}:`,
        commands: [team.deployKey],
      },
    ];
  return byHand(model, name, team.source);
}

/** Where values do not pass through us, neither does a key. */
function byHand(model: Model, name: string, source: string): NextStep[] {
  const file = `${name}-deploy-key`;
  const hosts = knownHostsOf(source, model.teams[name]?.knownHosts);
  const [declared] = secretsOf(model, { kind: 'team', name }).filter((secret) => secret.name === deployKeySecret);
  return [
    {
      text: `Make the key that fetches ${source}, and give that repository the public half${settingsOf(source)}:`,
      commands: [
        `ssh-keygen -t ed25519 -N '' -C ${name} -f ${file}`,
        ...(hosts.length === 0 ? [scanCommand(source)] : []),
      ],
    },
    ...(declared === undefined ? [] : strategies[strategyOf(model)].checklist(declared, model)),
  ];
}

/** The page of known providers where deploy keys are kept. */
function settingsOf(source: string): string {
  const { hostname, pathname } = new URL(source);
  const path = pathname.replace(/(\.git)?\/?$/, '');
  const pages: Record<string, string> = {
    'github.com': `https://github.com${path}/settings/keys/new`,
    'gitlab.com': `https://gitlab.com${path}/-/settings/repository`,
  };
  const page = Object.hasOwn(pages, hostname) ? pages[hostname] : undefined;
  return page === undefined ? '' : ` (${page})`;
}
