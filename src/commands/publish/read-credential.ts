import type { Io } from '../../cli/io.ts';
import type { NextStep } from '../../cli/outcome.ts';
import { shellQuote } from '../../cli/shell-quote.ts';
import type { Model } from '../../model/model.ts';
import { credentialOfRepository, readSecret } from '../../model/repository-credential.ts';
import { inOrder } from '../../model/units.ts';
import { serverAddress } from '../../publish/server.ts';
import { deployTokenFolder } from '../../secrets/deploy-keys/deploy-token-folder.ts';
import { createNamespace, pathBelowHome } from '../next-steps.ts';

/** What is published, and how it is reached. */
interface ReadFrom {
  model: Model;
  /** Of private keys, absolute. */
  keysFolder: string;
  /** `acme/fleet on github.com` */
  where: string;
  /** For a browser: `https://github.com`. */
  web: string;
  /** Absolute; the certificate of the server's own authority. */
  caFile: string | undefined;
}

/**
 * How a cluster is given what its Flux reads the repository with, where that is no deploy key: its own Secret, which
 * the patches beside Flux name, since the token that installs it may write.
 */
export function readCredentialSteps(io: Io, from: ReadFrom): NextStep[] {
  const { model, caFile } = from;
  const [first, ...others] = inOrder(model.clusters).map(([name]) => name);
  const credential = credentialOfRepository(model);
  if (first === undefined || credential === 'deploy-key') return [];
  const again = others.length === 0 ? '' : ` The same for ${others.join(', ')}, each with its own.`;
  const ca = caFile === undefined ? '' : ` --from-file=ca.crt=${shellQuote(caFile)}`;
  const { text, entries, input = '' } = ways[credential](io, from, first);
  return [
    {
      text: `Before Flux is installed, ${text}${again}`,
      commands: [createNamespace, `${input}kubectl -n flux-system create secret generic ${readSecret}${entries}${ca}`],
    },
  ];
}

interface Way {
  text: string;
  /** Flags of `kubectl create secret`, each with a blank before it. */
  entries: string;
  /** What comes before kubectl, for its standard input. */
  input?: string;
}

const ways: Readonly<
  Record<'deploy-token' | 'github-app' | 'token', (io: Io, from: ReadFrom, cluster: string) => Way>
> = {
  'deploy-token': (io, { keysFolder }, cluster) => ({
    text: `give ${cluster} the deploy token that it reads the repository with.`,
    entries: ` --from-file=${pathBelowHome(io, deployTokenFolder(keysFolder, cluster))}`,
  }),
  // https://fluxcd.io/flux/components/source/gitrepositories/#github
  'github-app': (_, { model, where, web }, cluster) => {
    const { owner = 'OWNER', host } = model.repository;
    const { api } = serverAddress('github', host);
    const isUsual = api === serverAddress('github', undefined).api;
    return {
      text: `make a GitHub App that may read Contents, install it on ${where}, and give ${cluster} its ID and a private key of it (${web}/organizations/${owner}/settings/apps; of a user: ${web}/settings/apps).`,
      entries: [
        ' --from-literal=githubAppID=APP_ID',
        ` --from-literal=githubAppInstallationOwner=${owner}`,
        ' --from-file=githubAppPrivateKey=APP.private-key.pem',
        ...(isUsual ? [] : [` --from-literal=githubAppBaseURL=${api}`]),
      ].join(''),
    };
  },
  token: (_, { model, where }, cluster) => ({
    text: `make a token that can only read ${where} (${readRights[model.repository.provider] ?? 'no more'}), put it into FLUX_READ_TOKEN, and give it to ${cluster}.`,
    entries: ' --from-literal=username=git --from-file=password=/dev/stdin',
    // printf is the shell's own: no process has the token among its arguments.
    input: `printf %s "$FLUX_READ_TOKEN" | `,
  }),
};

const readRights: Readonly<Record<string, string>> = {
  github: 'fine-grained: this repository, Contents: read',
  gitlab: 'a project access token: role Reporter, scope read_repository',
  gitea: 'scope read:repository, of an account that sees no more',
};
