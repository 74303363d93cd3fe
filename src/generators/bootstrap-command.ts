import type { Model } from '../model/model.ts';
import { credentialOfRepository } from '../model/repository-credential.ts';

/**
 * The line that installs Flux on a cluster by hand. Tokens come from the environment, as the flux CLI wants them.
 *
 * @param sshUrl of the published repository, where it is known
 */
export function bootstrapCommand(model: Model, cluster: string, sshUrl?: string): string {
  const { provider, owner, host, branch, name } = model.repository;
  const path = `--branch=${shellWord(branch)} --path=clusters/${cluster}`;
  // Flux's own way to read then is in the patches beside it: https://fluxcd.io/flux/installation/bootstrap/github/#github-pat
  const overHttps = credentialOfRepository(model) === 'deploy-key' ? '' : ' --token-auth';
  const isForge = provider === 'github' || provider === 'gitlab' || provider === 'gitea';
  // The flux CLI takes a server's name and no path, so below a path it is git like any other.
  if (isForge && !isBelowPath(host))
    return `flux bootstrap ${provider}${hostWords(host, sshUrl)} --owner=${owner} --repository=${name} ${path}${overHttps}`;
  const where = `${owner ?? 'OWNER'}/${name}`;
  const url =
    overHttps === '' ? (sshUrl ?? `ssh://git@${serverOf(host)}/${where}`) : `${webOf(host)}/${where}${overHttps}`;
  return `flux bootstrap git --url=${url} ${path}`;
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

/** For git, which takes the password from GIT_PASSWORD: https://fluxcd.io/flux/installation/bootstrap/generic-git-server/ */
function webOf(host: string | undefined): string {
  if (host === undefined) return 'https://YOUR_SERVER';
  return /^https?:\/\//.test(host) ? host.replace(/\/+$/, '') : `https://${host}`;
}

/**
 * The flux CLI takes the server's name, with the port of the web address, for that of SSH too unless it is told another one.
 * https://fluxcd.io/flux/installation/bootstrap/gitea/
 */
function hostWords(host: string | undefined, sshUrl: string | undefined): string {
  if (host === undefined) return '';
  const web = host.replace(/^https:\/\//, '').replace(/(?<!\/)\/(?!\/).*$/, '');
  const named = web.replace(/^http:\/\//, '');
  const ssh = sshUrl === undefined ? serverOf(host) : new URL(sshUrl).host.replace(/:22$/, '');
  return ` --hostname=${web}${ssh === named ? '' : ` --ssh-hostname=${ssh}`}`;
}

/** SSH has a port of its own, so that of the web address is left out. */
function serverOf(host: string | undefined): string {
  return host === undefined ? 'YOUR_SERVER' : host.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
}

/** git allows nearly everything in the name of a branch. */
function shellWord(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
