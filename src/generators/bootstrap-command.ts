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
  switch (provider) {
    case 'github':
    case 'gitlab':
    case 'gitea':
      return `flux bootstrap ${provider}${hostWords(model.repository, sshUrl)}${ca} --owner=${owner} --repository=${name} ${path}${overHttps}`;
    default:
      if (overHttps !== '')
        return `flux bootstrap git --url=${webOf(host)}/${owner ?? 'OWNER'}/${name}${overHttps} ${path}`;
      return `flux bootstrap git --url=ssh://git@${serverOf(host)}/${owner ?? 'OWNER'}/${name} ${path}`;
  }
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
