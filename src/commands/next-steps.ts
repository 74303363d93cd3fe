import { join, relative, sep } from 'node:path';
import type { NextStep } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { bootstrapCommand, bootstrapToken, type KnownServer } from '../generators/bootstrap-command.ts';
import { keysOfCluster } from '../model/cluster-keys.ts';
import type { Model } from '../model/model.ts';
import { credentialOfRepository } from '../model/repository-credential.ts';
import { defaultStore } from '../model/secret-store.ts';
import { strategyOf } from '../model/settings.ts';
import { inOrder, livingEnvironments } from '../model/units.ts';
import { tokenVariables } from '../publish/token-variables.ts';
import { clusterCredential } from '../secrets/cluster-credential.ts';
import { storeTitles } from '../secrets/external-secrets/store-titles.ts';
import { type KeyName, keyFileName } from '../secrets/key-name.ts';
import { isHere } from './folder-words.ts';
import { allNotificationSteps } from './notification-steps.ts';
import { isPublishable } from './publish/publish-words.ts';
import { teamSteps } from './team-steps.ts';

/** What is known when a repository has been made. */
export interface Finished {
  model: Model;
  /** The repository's folder as the person gave it. */
  shown: string;
  /** Where the private keys are; undefined when they are not on this machine, or there are none. */
  keysFolder: string | undefined;
  /** Commands that write the files of declared Secrets which are not there. */
  missingSecrets: readonly string[];
  /** The person's home folder, so that printed paths do not name them. */
  home: string;
  platform: NodeJS.Platform;
  isCommitted: boolean;
  /** What comes after publishing; undefined while that is not done. */
  afterPublishing: readonly NextStep[] | undefined;
  /** Empty while it is not published. */
  server: KnownServer;
  /** There is a git repository, with or without a commit. */
  isInGit: boolean;
  /** It was not committed because git does not know who commits. */
  isNobody: boolean;
}

/** What a person does next: five things at most, and one more where Secrets are declared. */
export function nextSteps(finished: Finished): NextStep[] {
  const { model, shown, isCommitted, afterPublishing, server } = finished;
  const enter = isHere(shown) ? [] : [`cd ${shellQuote(shown)}`];
  return [
    ...backUp(finished),
    ...sealDeclared(finished),
    ...(isCommitted ? [] : [commitFiles(finished, enter)]),
    ...(afterPublishing ?? [publishIt(model, isCommitted ? enter : [])]),
    ...giveKey(finished),
    ...openStore(model),
    installFlux(model, server),
    ...inOrder(model.teams).flatMap(([name]) => teamSteps(model, name)),
    ...allNotificationSteps(model),
  ];
}

function commitFiles({ model, isInGit, isNobody }: Finished, enter: readonly string[]): NextStep {
  const introduce = ['git config --global user.name "Your Name"', 'git config --global user.email you@example.com'];
  return {
    text: isNobody ? 'Tell git who commits, then commit the files:' : 'Commit the files:',
    commands: [
      ...(isNobody ? introduce : []),
      ...enter,
      ...(isInGit ? [] : [`git init --initial-branch=${shellQuote(model.repository.branch)}`]),
      'git add --all',
      "git commit --message 'Scaffold the Flux repository'",
    ],
  };
}

function backUp(finished: Finished): NextStep[] {
  const { model, keysFolder } = finished;
  if (keysFolder === undefined) return [];
  if (strategyOf(model) === 'sealed-secrets') {
    const keys = livingEnvironments(model).map((name) => keyPath(finished, { kind: 'sealing', name }));
    return [{ text: 'Copy the keys that open sealed secrets offline, to two places:', commands: keys }];
  }
  const text = 'Copy the recovery key offline, to two places, then delete it here. It opens every secret:';
  return [{ text, commands: [keyPath(finished, { kind: 'recovery' })] }];
}

/** The values are nowhere yet, and an overlay that lists a file which is not there does not build. */
function sealDeclared({ missingSecrets }: Finished): NextStep[] {
  if (missingSecrets.length === 0) return [];
  const text = 'Give the declared Secrets their values; without them their overlays do not build:';
  return [{ text, commands: missingSecrets }];
}

function publishIt(model: Model, enter: readonly string[]): NextStep {
  const { repository } = model;
  const { provider, owner, name, branch, host } = repository;
  if (isPublishable(model) && provider !== 'git' && provider !== 'none') {
    const [token] = tokenVariables({ kind: provider, host }, {});
    const text = `Publish it: makes ${owner}/${name}, pushes, and gives each cluster a deploy key. The token is read from ${token}:`;
    return { text, commands: [...enter, `${npx} publish`] };
  }
  return {
    text: 'Make an empty repository on your git server and push:',
    commands: [
      ...enter,
      `git remote add origin ${shellQuote(remoteOf(repository))}`,
      `git push --set-upstream origin ${shellQuote(branch)}`,
    ],
  };
}

function remoteOf({ owner = 'OWNER', host, name }: Model['repository']): string {
  const server = host ?? 'YOUR_SERVER';
  if (server.includes('://')) return `${server.replace(/\/+$/, '')}/${owner}/${name}.git`;
  // behind git@ a colon begins the path, and the port of the web address is not that of SSH
  return /[:/]/.test(server) ? `https://${server}/${owner}/${name}.git` : `git@${server}:${owner}/${name}.git`;
}

/** A default says nothing of anybody's store. */
function openStore({ secrets }: Model): NextStep[] {
  if (secrets.strategy !== 'external-secrets') return [];
  const { provider, ...said } = secrets.store ?? defaultStore;
  if (Object.keys(said).length > 0) return [];
  const text = `Say under secrets.store in flux-repo.yaml where ${storeTitles[provider]} is, or that it is another store:`;
  return [{ text, commands: [`${npx} apply`] }];
}

/** Another step may have made it. */
export const createNamespace = 'kubectl create namespace flux-system --dry-run=client -o yaml | kubectl apply -f -';

function giveKey(finished: Finished): NextStep[] {
  const [[cluster] = [''], ...others] = inOrder(finished.model.clusters);
  const named = listedShort(others.map(([name]) => name));
  const again = others.length === 0 ? '' : ` The same for ${named}, each with its own file:`;
  const credential = clusterCredential(finished.model, cluster, (key) =>
    finished.keysFolder === undefined ? `KEYS_FOLDER/${keyFileName(key)}` : keyPath(finished, key),
  );
  if (credential !== undefined)
    return [
      {
        text: `Point kubectl at ${cluster} and give it ${again === '' ? credential.text : credential.text.replace(/:$/, '.')}${again}`,
        commands: [...credential.commands],
      },
    ];
  if (finished.keysFolder === undefined || strategyOf(finished.model) !== 'sops') return [];
  const keys = keysOfCluster(finished.model, cluster);
  const files = keys.map((key) => ` --from-file=${keyFileName(key)}=${keyPath(finished, key)}`);
  return [
    {
      text: `Point kubectl at ${cluster} and give it its ${keys.length === 1 ? 'key' : 'keys'}${again === '' ? ':' : `.${again}`}`,
      commands: [createNamespace, `kubectl -n flux-system create secret generic sops-age${files.join('')}`],
    },
  ];
}

function listedShort(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
}

/** What comes after publishing, with what comes after that. */
export function withInstall(model: Model, steps: readonly NextStep[], server: KnownServer): NextStep[] {
  return steps.length === 0 ? [] : [...steps, installFlux(model, server)];
}

function installFlux(model: Model, server: KnownServer): NextStep {
  const [first = '', ...others] = inOrder(model.clusters).map(([name]) => name);
  const again = others.length === 0 ? '' : ` The same for ${listedShort(others)}.`;
  const isKeyed = credentialOfRepository(model) === 'deploy-key';
  const own = isKeyed ? '' : ' That token may write, so it is taken away when Flux reads with its own.';
  const text = `Install Flux on ${first}.${credentialsText(model)} It commits to the branch: pull afterwards.${own}${again}`;
  const forget = isKeyed ? [] : ['kubectl -n flux-system delete secret flux-system'];
  return { text, commands: [bootstrapCommand(model, first, server), ...forget, 'git pull'] };
}

/** https://fluxcd.io/flux/installation/bootstrap/ has a page for each: the token's variable, and who is a person. */
function credentialsText(model: Model): string {
  const token = bootstrapToken(model);
  if (token === undefined) return '';
  const { owner = '' } = model.repository;
  const person = owner.includes('/') || !token.isForge ? '' : ` Add --personal if ${owner} is a user.`;
  return ` Its token is read from ${token.variable}.${person}`;
}

/** The file of a key as a POSIX shell takes it. */
export function keyPath(
  { keysFolder = '', ...system }: Pick<Finished, 'keysFolder' | 'home' | 'platform'>,
  key: KeyName,
): string {
  return pathBelowHome(system, join(keysFolder, keyFileName(key)));
}

/** A path as a POSIX shell takes it; below home without naming it. */
export function pathBelowHome({ home, platform }: Pick<Finished, 'home' | 'platform'>, path: string): string {
  const below = relative(home, path);
  if (platform === 'win32' || below === '' || below.startsWith('..')) return shellQuote(path);
  return /^[\w@%+=:,./-]+$/.test(below) ? `$HOME/${below}` : `$HOME/${shellQuote(below.split(sep).join('/'))}`;
}
