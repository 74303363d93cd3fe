import type { Model } from '../model/model.ts';

/**
 * The line that installs Flux on a cluster by hand. Tokens come from the environment, as the flux CLI wants them.
 *
 * @param sshUrl of the published repository, where it is known
 */
export function bootstrapCommand(model: Model, cluster: string, sshUrl?: string): string {
  const { provider, owner, host, branch, name } = model.repository;
  const path = `--branch=${shellWord(branch)} --path=clusters/${cluster}`;
  switch (provider) {
    case 'github':
    case 'gitlab':
    case 'gitea':
      return `flux bootstrap ${provider}${hostWords(host, sshUrl)} --owner=${owner} --repository=${name} ${path}`;
    default:
      return `flux bootstrap git --url=ssh://git@${serverOf(host)}/${owner ?? 'OWNER'}/${name} ${path}`;
  }
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
