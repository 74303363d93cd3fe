import { defaultImage } from '../model/defaults.ts';
import type { Model, Team } from '../model/model.ts';
import { namespaceOfSync } from '../model/team-secrets.ts';
import { rightsOf } from '../model/teams.ts';
import type { FileEntry } from '../plan/entry.ts';
import { allowedNamespaces } from './allowed-namespaces.ts';
import { gatewayOf, offerOf } from './offers.ts';
import { renderFile, renderText } from './render.ts';
import { quotaOf } from './team-figures.ts';

/** The example's name. */
const app = 'hello';

/**
 * What a team's own repository begins with: one small app, CI, and a README that says what is next and what the team may
 * do. It is the team's from then on. Nothing when the team works here.
 * @param version the exact version that generated commands name
 */
export function starterEntries(model: Model, name: string, version: string): FileEntry[] {
  const team = model.teams[name];
  if (team === undefined || team.source === 'path') return [];
  const prefix = prefixOf(team);
  const ci = isGitLab(team) ? '.gitlab-ci.yml' : '.github/workflows/manifests.yml';
  const branch = team.branch ?? 'main';
  const build = `kubectl kustomize ${prefix === '' ? '.' : prefix.replace(/\/$/, '')} > /dev/null`;
  const scan = `npx create-flux-repo@${version} secrets scan`;
  return [
    ...exampleFiles(model, name, prefix),
    ...renderFile(`starter/${ci}`, {}, { branch, scan, build }, ci),
    ...renderFile('starter/README.md', {}, readmeView(model, name, team, { prefix, ci, branch }), 'README.md'),
    file('.gitignore', renderText('blocks/gitignore', {})),
    ...sopsConfig(team),
  ];
}

function exampleFiles(model: Model, team: string, prefix: string): FileEntry[] {
  // The name of a Gateway that the cluster brings is a variable, and in a team's own repository nothing is substituted.
  const routes = offerOf(model, 'gateway', true) === undefined ? [] : ['httproute'];
  const view = {
    name: app,
    namespace: team,
    image: defaultImage,
    port: 80,
    replicas: 2,
    healthPath: null,
    gateway: gatewayOf(model),
    hostname: `${app}.${team}.example.internal`,
  };
  const parts = ['deployment', ...routes, 'service'];
  const list = (resources: readonly string[], path: string) =>
    renderFile('apps/base/[app]/kustomization.yaml', { app }, { resources }, path);
  return [
    ...list([`apps/${app}`], `${prefix}kustomization.yaml`),
    ...list(
      parts.map((part) => `${part}.yaml`),
      `${prefix}apps/${app}/kustomization.yaml`,
    ),
    ...parts.flatMap((part) =>
      renderFile(`apps/base/[app]/${part}.yaml`, { app }, view, `${prefix}apps/${app}/${part}.yaml`),
    ),
  ];
}

function readmeView(model: Model, name: string, team: Team, place: { prefix: string; ci: string; branch: string }) {
  return {
    team: name,
    source: team.source,
    path: team.path ?? './',
    ...place,
    namespace: namespaceOfSync(name, team),
    deployKey: team.deployKey ?? null,
    isAdmin: rightsOf(model, team) === 'admin',
    podSecurity: team.podSecurity ?? 'baseline',
    quota: quotaOf(team),
    allowFrom: allowedNamespaces(model, team)
      .map((namespace) => (namespace.includes('$') ? "the gateway's" : `\`${namespace}\``))
      .join(', '),
    ownKey: team.ownKey ?? false,
  };
}

function sopsConfig({ ownKey, recipients = [] }: Team): FileEntry[] {
  if (ownKey !== true || recipients.length === 0) return [];
  const lines = [
    'creation_rules:',
    '  - path_regex: \\.sops\\.ya?ml$',
    '    encrypted_regex: ^(data|stringData)$',
    '    key_groups:',
    '      - age:',
    ...recipients.map((recipient) => `          - ${recipient}`),
  ];
  return [file('.sops.yaml', `${lines.join('\n')}\n`)];
}

function file(path: string, contents: string): FileEntry {
  return { kind: 'file', path, contents, ownership: 'seed' };
}

/** The folder of the list, as a prefix of paths: empty for the repository's own. */
function prefixOf({ path = './' }: Team): string {
  const folder = path.replace(/^\.\/?/, '').replace(/\/$/, '');
  return folder === '' ? '' : `${folder}/`;
}

function isGitLab({ source }: Team): boolean {
  return /gitlab/.test(new URL(source).hostname);
}
