import { catalogue } from '../catalogue/catalogue.ts';
import { keysOfCluster } from '../model/cluster-keys.ts';
import { layoutTraits } from '../model/layouts.ts';
import type { Model } from '../model/model.ts';
import { namespaceOfApp, namespaceOfComponent } from '../model/namespaces.ts';
import { keyScopeOf, strategyOf } from '../model/settings.ts';
import { transportOf } from '../model/team-source.ts';
import { environmentsOf, rightsOf } from '../model/teams.ts';
import { inOrder } from '../model/units.ts';
import { clusterCredential } from '../secrets/cluster-credential.ts';
import { keyFileName } from '../secrets/key-name.ts';
import { sopsRules } from '../secrets/sops-config/sops-rules.ts';
import { bootstrapCommand, bootstrapToken } from './bootstrap-command.ts';
import { diagram } from './diagram.ts';
import { notificationRows, receiverRows } from './notification-rows.ts';
import { offerOf } from './offers.ts';
import { renderText } from './render.ts';
import { filedSecrets } from './secret-files.ts';
import { strategySection } from './strategy-section.ts';

/** The text of our part of the repository's README. */
export function readmeText(model: Model, version: string): string {
  const [[firstCluster] = ['']] = inOrder(model.clusters);
  const foldersOfClusters = clustersWithSecrets(model);
  return renderText('README.md', {
    version,
    sops: strategyOf(model) === 'sops',
    anyClusterSecrets: foldersOfClusters.size > 0,
    clusters: inOrder(model.clusters).map(([name, { environment }]) => ({ name, environment })),
    variablesFile: layoutTraits[model.layout].clusterFile('cluster-vars'),
    components: componentRows(model),
    apps: appRows(model),
    teams: teamRows(model),
    teamsHere: Object.values(model.teams).some(({ source }) => source === 'path'),
    deployKeys: deployKeys(model),
    notifications: notificationRows(model),
    receivers: receiverRows(model),
    diagram: diagram(model),
    keysFolder: `${model.repository.name}-${model.id}`,
    keyFiles: keysOfCluster(model, firstCluster).map(({ kind, name }) => `${kind}-${name}.agekey`),
    rotateScope: keyScopeOf(model) === 'cluster' ? '--cluster CLUSTER' : '--environment ENVIRONMENT',
    firstCluster,
    bootstrap: bootstrapCommand(model, firstCluster),
    credential: clusterCredential(model, firstCluster, (key) => `KEYS_FOLDER/${keyFileName(key)}`) ?? null,
    strategySection: strategySection(model, version),
    token: tokenOf(model),
    // Nothing tells of the Gateway that the cluster brings, so its name is a variable.
    anyGateway:
      Object.keys(model.apps).length > 0 &&
      offerOf(model, 'routes', false) !== undefined &&
      offerOf(model, 'gateway', true) === undefined,
    readers: sopsRules(model)
      .filter(({ folder }) => !folder.startsWith('secrets/') || foldersOfClusters.has(folder))
      .map(({ folder, readers }) => ({
        folder: `${folder}/`,
        who: [...new Set(readers.map((reader) => reader.name))].join(', '),
      })),
  });
}

/** `secrets/<cluster>` of each that has some: a rule is there before its first file. */
function clustersWithSecrets(model: Model): Set<string> {
  const names = Object.keys(model.clusters).filter((name) => filedSecrets(model, { kind: 'cluster', name }).length > 0);
  return new Set(names.map((name) => `secrets/${name}`));
}

/** What `flux bootstrap` wants besides the flags we can know. */
function tokenOf(model: Model) {
  const { provider, owner } = model.repository;
  const token = bootstrapToken(model);
  if (token !== undefined) return { variable: token.variable, owner: token.isForge ? owner : null };
  return provider === 'git' || provider === 'none' ? null : { variable: null, owner: null };
}

function componentRows(model: Model) {
  return inOrder(model.components).map(([name, component]) => {
    const entry = catalogue.get(name);
    return {
      title: entry?.title ?? name,
      docs: entry?.docs ?? null,
      purpose: `${entry?.purpose ?? `Chart \`${component.chart?.url ?? name}\``}${component.provided === true ? ' (provided by the cluster)' : ''}`,
      namespace: namespaceOfComponent(model, name) ?? 'none: cluster-wide',
    };
  });
}

function appRows(model: Model) {
  return inOrder(model.apps).map(([name, app]) => ({
    name,
    // A range may hold "||", and a table ends its cells there even in code: https://github.github.com/gfm/#example-200
    from: app.image ?? `${app.chart?.url} ${app.chart?.version}`.replaceAll('|', '\\|'),
    namespace: namespaceOfApp(name, app),
  }));
}

function teamRows(model: Model) {
  return inOrder(model.teams).map(([name, team]) => ({
    name,
    from: transportOf(team.source) === undefined ? `teams/${name}/` : team.source,
    where: (team.clusters ?? environmentsOf(model, team)).join(', ') || 'nowhere yet',
    rights: rightsOf(model, team),
  }));
}

/** Public halves, to be registered where the teams' repositories are; null before a key is made. */
function deployKeys({ teams }: Model) {
  return inOrder(teams)
    .filter(([, { source }]) => transportOf(source) === 'ssh')
    .map(([name, { source, deployKey }]) => ({ name, source, deployKey: deployKey ?? null }));
}
