import { resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import type { Io } from '../../cli/io.ts';
import type { ReachOptions } from '../../cli/reach-options.ts';
import type { Model } from '../../model/model.ts';
import { connectProvider } from '../../publish/connect-provider.ts';
import { findToken, type TokenSources } from '../../publish/find-token.ts';
import type { GitLogin } from '../../publish/git/remote-git.ts';
import { readCaFile } from '../../publish/http/ca-file.ts';
import { plainGitProvider } from '../../publish/plain-git.ts';
import type { Credential, Provider, RepositoryRef } from '../../publish/provider.ts';
import { type Redactor, redactorOf } from '../../publish/redactor.ts';
import { type ForgeKind, serverAddress } from '../../publish/server.ts';
import { terminalPrompts } from '../../wizard/prompts.ts';
import { isPublishable, withoutProvider } from './publish-words.ts';

/** A provider that can be spoken with. Nothing was sent yet. */
export interface Reached {
  provider: Provider;
  ref: RepositoryRef;
  /** The server for a browser, and for git: `https://git.example.com`. */
  web: string;
  /** Undefined for plain git, which finds its credentials itself. */
  credential: Credential | undefined;
  redact: Redactor;
  /** Absolute. */
  caFile: string | undefined;
}

/**
 * The provider that the model names, with a token from wherever the person has it.
 *
 * @throws ExpectedError `no-provider`, `auth-missing`, `ca-file`
 */
export async function reachProvider(io: Io, model: Model, options: ReachOptions): Promise<Reached> {
  const { provider: kind, owner, host, name } = model.repository;
  if (!isPublishable(model) || kind === 'none' || owner === undefined)
    throw withoutProvider('add them under repository in flux-repo.yaml, then apply --commit, then publish');
  const ref = { owner, name };
  const caFile = options.caFile === undefined ? undefined : resolve(io.cwd, options.caFile);
  if (kind === 'git') {
    const provider = plainGitProvider(host ?? '');
    const web = new URL((await provider.getRepository(ref))?.httpsUrl ?? '').origin;
    return { provider, ref, web, credential: undefined, redact: redactorOf([]), caFile };
  }
  const ca = caFile === undefined ? undefined : await readCaFile(caFile, options.caFile ?? '');
  const credential = await credentialFor(io, { kind, host }, options);
  const connection = { kind, host, credential, env: io.env, ca, signal: io.signal };
  const { provider, address, redact } = await connectProvider(connection);
  return { provider, ref, web: address.web, credential, redact, caFile };
}

/** What git says to the server; asks the provider whose token it is. */
export async function gitLogin({
  provider,
  credential,
}: Pick<Reached, 'provider' | 'credential'>): Promise<GitLogin | undefined> {
  if (credential === undefined) return undefined;
  return { user: (await provider.whoami()).gitUser, ...credential };
}

async function credentialFor(
  io: Io,
  { kind, host }: { kind: ForgeKind; host: string | undefined },
  { tokenStdin }: ReachOptions,
): Promise<Credential> {
  const { host: shown } = serverAddress(kind, host);
  const sources: TokenSources = {
    env: io.env,
    stdin: tokenStdin ? () => textOf(io.stdin) : undefined,
    consent: undefined,
    ask: undefined,
    signal: io.signal,
  };
  if (!io.interactive || tokenStdin) return findToken({ kind, host: shown }, sources);
  const prompts = terminalPrompts(io);
  return findToken(
    { kind, host: shown },
    {
      ...sources,
      consent: async (program) =>
        (await prompts.select(`Take the token that ${program} has for ${shown}?`, [
          { value: 'yes', label: 'Yes', hint: `what "${program}" is signed in with` },
          { value: 'no', label: 'No', hint: 'ask for another one' },
        ])) === 'yes',
      ask: (where) =>
        prompts.password({
          message: `Token for ${where}`,
          severalLines: 'Those were several lines, none was taken. A token is one line',
          validate: (text) => (text.trim() === '' ? 'a token is needed' : undefined),
        }),
    },
  );
}
