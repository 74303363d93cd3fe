import type { Model } from '../model/model.ts';

/** The line that installs Flux on a cluster by hand. Tokens come from the environment, as the flux CLI wants them. */
export function bootstrapCommand(model: Model, cluster: string): string {
  const { provider, owner, host, branch, name } = model.repository;
  const path = `--branch=${shellWord(branch)} --path=clusters/${cluster}`;
  const hostname = host === undefined ? '' : ` --hostname=${host.replace(/^https?:\/\//, '').replace(/\/.*$/, '')}`;
  switch (provider) {
    case 'github':
    case 'gitlab':
    case 'gitea':
      return `flux bootstrap ${provider}${hostname} --owner=${owner} --repository=${name} ${path}`;
    default:
      return `flux bootstrap git --url=ssh://git@${serverOf(host)}/${owner ?? 'OWNER'}/${name} ${path}`;
  }
}

/** SSH has a port of its own, so that of the web address is left out. */
function serverOf(host: string | undefined): string {
  return host === undefined ? 'YOUR_SERVER' : host.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
}

/** git allows nearly everything in the name of a branch. */
function shellWord(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
