import { layoutTraits } from '../model/layouts.ts';
import type { Model, Team } from '../model/model.ts';
import { traitOf } from '../model/secret-strategies.ts';
import { intervalOf, strategyOf, timeoutOf } from '../model/settings.ts';
import { deployKeySecret, namespaceOfSync, teamKeySecret } from '../model/team-secrets.ts';
import { transportOf } from '../model/team-source.ts';
import { environmentsOf, placesOf, rightsOf } from '../model/teams.ts';
import type { FileEntry } from '../plan/entry.ts';
import { allowedNamespaces } from './allowed-namespaces.ts';
import { tenantChild } from './children.ts';
import type { Generator } from './generator.ts';
import { notificationResources, notificationsIn } from './notification-parts.ts';
import { renderFile } from './render.ts';
import { secretEntries, secretFiles } from './secret-files.ts';
import { limitsOf, quotaOf } from './team-figures.ts';
import { namespaceRules } from './team-rules.ts';

const base = 'tenants/base/[team]';

/** `tenants/base/<team>`, its overlay in every environment the team is in, and what applies that on its clusters. */
export const teamGenerator: Generator = {
  generate(model, name) {
    const team = model.teams[name];
    const environments = team === undefined ? [] : environmentsOf(model, team);
    // Without a cluster nothing would come to its files.
    if (team === undefined || environments.length === 0) return [];
    return [
      ...baseFiles(model, name, team),
      ...environments.flatMap((environment) => overlayFiles(model, name, team, environment)),
      ...tenantFiles(model, name, team),
      ...(transportOf(team.source) === undefined ? renderFile('teams/[team]/kustomization.yaml', { team: name }) : []),
      ...secretEntries(model, { kind: 'team', name }),
    ];
  },
};

function baseFiles(model: Model, name: string, team: Team): FileEntry[] {
  const view = {
    name,
    podSecurity: team.podSecurity ?? 'baseline',
    quota: quotaOf(team),
    limits: limitsOf(team),
    allowFrom: allowedNamespaces(model, team),
    denyEgress: team.networkPolicies?.denyEgress ?? false,
    ...rightsView(model, name, team),
    ...syncView(model, name, team),
  };
  const manifests = ['limits', 'namespace', 'network-policies', 'quota', 'rbac', 'sync'].flatMap((part) =>
    renderFile(`${base}/${part}.yaml`, { team: name }, view),
  );
  const resources = manifests.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  return [...renderFile(`${base}/kustomization.yaml`, { team: name }, { resources }), ...manifests];
}

/** Who acts for the team, and what it may do. Of a team in this repository the account is beside Flux's own. */
function rightsView(model: Model, name: string, team: Team) {
  const namespace = namespaceOfSync(name, team);
  const bindingName = `${name}-reconciler`;
  const isAdmin = rightsOf(model, team) === 'admin';
  return {
    account: { name: namespace === name ? name : `tenant-${name}`, namespace },
    ownAccount: namespace === name,
    bindingName,
    rules: isAdmin ? null : namespaceRules,
    role: isAdmin ? { kind: 'ClusterRole', name: 'admin' } : { kind: 'Role', name: bindingName },
  };
}

function syncView(model: Model, name: string, team: Team) {
  const transport = transportOf(team.source);
  const git = {
    interval: intervalOf(model, 'sources'),
    url: team.source,
    branch: team.branch ?? 'main',
    secret: transport === 'ssh' ? deployKeySecret : null,
  };
  return {
    syncs: team.removing === undefined,
    git: transport === undefined ? null : git,
    source: transport === undefined ? 'flux-system' : name,
    path: transport === undefined ? `./teams/${name}` : (team.path ?? './'),
    interval: intervalOf(model, 'apps', undefined, team.interval),
    retryInterval: intervalOf(model, 'retry'),
    timeout: timeoutOf(model, 'apps', undefined, team.timeout),
    decryption: team.ownKey === true ? { secret: teamKeySecret(name) } : null,
  };
}

function overlayFiles(model: Model, name: string, team: Team, environment: string): FileEntry[] {
  const syncs = team.removing === undefined;
  const notifications = notificationsIn(model, environment, name);
  const rhythm = (place?: string) => ({
    interval: intervalOf(model, 'apps', place, team.interval),
    retryInterval: intervalOf(model, 'retry', place),
  });
  const view = {
    name,
    resources: [
      `../../../base/${name}`,
      ...(['release', 'config'] as const).flatMap((part) =>
        notificationResources(model, notifications, part, `../../../base/${name}`),
      ),
      ...secretFiles(model, { kind: 'team', name }, environment),
    ],
    rhythm: !syncs || JSON.stringify(rhythm()) === JSON.stringify(rhythm(environment)) ? null : rhythm(environment),
  };
  return renderFile('tenants/overlays/[environment]/[team]/kustomization.yaml', { environment, team: name }, view);
}

/** The platform's Kustomization of the team, on each of its clusters, or once for those that share it. */
function tenantFiles(model: Model, team: string, { clusters, environments }: Team): FileEntry[] {
  const { tenantFile } = layoutTraits[model.layout];
  const files = new Map<string, FileEntry[]>();
  for (const { cluster, environment } of placesOf(model, { clusters, environments })) {
    const target = tenantFile({ cluster, environment, team });
    if (!files.has(target))
      files.set(target, renderFile('tenants/tenant.yaml', {}, tenantView(model, team, environment), target));
  }
  return [...files.values()].flat();
}

function tenantView(model: Model, team: string, environment: string) {
  const hasSecrets = secretFiles(model, { kind: 'team', name: team }, environment).length > 0;
  return {
    ...tenantChild(model, team, environment),
    interval: intervalOf(model, 'infrastructure', environment),
    retryInterval: intervalOf(model, 'retry', environment),
    path: `./tenants/overlays/${environment}/${team}`,
    decrypts: traitOf(strategyOf(model)).isDecrypted && hasSecrets,
  };
}
