import type { Model } from '../model/model.ts';
import { credentialOfRepository } from '../model/repository-credential.ts';

/** What is known of a server once a repository was published there. */
export interface KnownServer {
  /** Of the repository. */
  sshUrl?: string | undefined;
  /** The certificate of the server's own authority, as a person named it. */
  caFile?: string | undefined;
}

/** The line that installs Flux on a cluster by hand. Tokens come from the environment, as the flux CLI wants them. */
export function bootstrapCommand(model: Model, cluster: string, { sshUrl, caFile }: KnownServer = {}): string {
  const { provider, owner, host, branch, name } = model.repository;
  const path = `--branch=${shellWord(branch)} --path=clusters/${cluster}`;
  // Flux's own way to read then is in the patches beside it: https://fluxcd.io/flux/installation/bootstrap/github/#github-pat
  const overHttps = credentialOfRepository(model) === 'deploy-key' ? '' : ' --token-auth';
  const ca = caFile === undefined ? '' : ` --ca-file=${shellWord(caFile)}`;
  const isForge = provider === 'github' || provider === 'gitlab' || provider === 'gitea';
  // The flux CLI takes a server's name and no path, so below a path it is git like any other.
  if (isForge && !isBelowPath(host))
    return `flux bootstrap ${provider}${hostWords(model.repository, sshUrl)}${ca} --owner=${owner} --repository=${name} ${path}${overHttps}`;
  const where = `${owner ?? 'OWNER'}/${name}`;
  const url =
    overHttps === '' ? (sshUrl ?? `ssh://git@${serverOf(host)}/${where}`) : `${webOf(host)}/${where}${overHttps}`;
  return `flux bootstrap git --url=${url}${overHttps === '' ? '' : ca} ${path}`;
}

/** The variable that its token is read from; undefined where it takes a key. `isForge`: `--personal` means something. */
export function bootstrapToken({
  repository,
}: Pick<Model, 'repository'>): { variable: string; isForge: boolean } | undefined {
  const variable = isBelowPath(repository.host) ? undefined : variables[repository.provider];
  if (variable !== undefined) return { variable, isForge: true };
  const isOverHttps = credentialOfRepository({ repository }) !== 'deploy-key';
  return isOverHttps ? { variable: 'GIT_PASSWORD', isForge: false } : undefined;
}

const variables: Readonly<Record<string, string>> = {
  github: 'GITHUB_TOKEN',
  gitlab: 'GITLAB_TOKEN',
  gitea: 'GITEA_TOKEN',
};

function isBelowPath(host = ''): boolean {
  const web = /^https?:\/\//i.test(host) ? host : `https://${host}`;
  return URL.canParse(web) && new URL(web).pathname.replace(/\/+$/, '').replace(/\/api\/v[134]$/, '') !== '';
}

/**
 * The flux CLI takes the server's name, with the port of the web address, for that of SSH too unless it is told another one.
 * For Gitea it takes a name with a port for a URL, and crashes where that is no good one (127.0.0.1:3000).
 * https://github.com/fluxcd/go-git-providers/blob/v0.27.0/gitprovider/util.go
 */
function hostWords({ provider, host }: Model['repository'], sshUrl: string | undefined): string {
  if (host === undefined) return '';
  const web = host.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const scheme = provider === 'gitea' && web.includes(':') ? 'https://' : '';
  const ssh = sshUrl === undefined ? serverOf(host) : new URL(sshUrl).host.replace(/:22$/, '');
  return ` --hostname=${scheme}${web}${ssh === web ? '' : ` --ssh-hostname=${ssh}`}`;
}

/** For git, which takes the password from GIT_PASSWORD: https://fluxcd.io/flux/installation/bootstrap/generic-git-server/ */
function webOf(host: string | undefined): string {
  if (host === undefined) return 'https://YOUR_SERVER';
  return /^https?:\/\//.test(host) ? host.replace(/\/+$/, '') : `https://${host}`;
}

/** SSH has a port of its own, so that of the web address is left out. */
function serverOf(host: string | undefined): string {
  return host === undefined ? 'YOUR_SERVER' : host.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
}

/** git allows nearly everything in the name of a branch. */
function shellWord(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
