import type { Model } from '../model/model.ts';
import { credentialOfRepository } from '../model/repository-credential.ts';

/** The line that installs Flux on a cluster by hand. Tokens come from the environment, as the flux CLI wants them. */
export function bootstrapCommand(model: Model, cluster: string): string {
  const { provider, owner, host, branch, name } = model.repository;
  const path = `--branch=${shellWord(branch)} --path=clusters/${cluster}`;
  const hostname = host === undefined ? '' : ` --hostname=${host.replace(/^https?:\/\//, '').replace(/\/.*$/, '')}`;
  // Flux's own way to read then is in the patches beside it: https://fluxcd.io/flux/installation/bootstrap/github/#github-pat
  const overHttps = credentialOfRepository(model) === 'deploy-key' ? '' : ' --token-auth';
  switch (provider) {
    case 'github':
    case 'gitlab':
    case 'gitea':
      return `flux bootstrap ${provider}${hostname} --owner=${owner} --repository=${name} ${path}${overHttps}`;
    default:
      if (overHttps !== '')
        return `flux bootstrap git --url=${webOf(host)}/${owner ?? 'OWNER'}/${name}${overHttps} ${path}`;
      return `flux bootstrap git --url=ssh://git@${serverOf(host)}/${owner ?? 'OWNER'}/${name} ${path}`;
  }
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
