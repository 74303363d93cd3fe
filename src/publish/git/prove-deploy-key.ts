import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedError } from '../../errors.ts';
import { gitWords } from '../../git/git-words.ts';
import { askGit, type GitCall } from '../../git/run-git.ts';

/** `unreachable`: nothing is known of the key, since the server cannot be reached from here. */
export type Proof = { is: 'proven' } | { is: 'unreachable'; reason: string };

/** What says that no connection came about at all. */
const unreachable =
  /could not resolve hostname|connection (timed out|refused|reset|closed)|no route to host|network is unreachable|operation timed out|ssh: command not found|cannot run ssh|no such file or directory.*ssh/i;

/**
 * Reads the repository over SSH with this key alone, as Flux will: no agent, no configuration, no other key, and only a
 * server that known_hosts vouches for. https://man.openbsd.org/ssh_config
 *
 * @param folder of the deploy key @param again the command to run when it is put right
 * @throws ExpectedError `deploy-key-refused`, `host-key`
 */
export async function proveDeployKey(
  folder: string,
  sshUrl: string,
  { call, scan, again }: { call: GitCall; scan: string; again: string },
): Promise<Proof> {
  const knownHosts = join(folder, 'known_hosts');
  if (!existsSync(knownHosts)) throw withoutKnownHosts(knownHosts, { scan, again });
  const options = ['-F', '/dev/null', '-i', quoted(join(folder, 'identity'))];
  const settings = [
    ...['IdentitiesOnly=yes', 'IdentityAgent=none', 'BatchMode=yes', 'StrictHostKeyChecking=yes'],
    ...['ConnectTimeout=20', 'GlobalKnownHostsFile=/dev/null', quoted(`UserKnownHostsFile="${knownHosts}"`)],
  ];
  const command = ['ssh', ...options, ...settings.flatMap((setting) => ['-o', setting])].join(' ');
  const variables = () => ({
    GIT_SSH_COMMAND: command,
    GIT_SSH_VARIANT: 'ssh',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.${sshUrl}.insteadOf`,
    GIT_CONFIG_VALUE_0: sshUrl,
  });
  const answer = await askGit(['ls-remote', '--heads', '--', sshUrl], { ...call, variables });
  if (answer.exitCode === 0) return { is: 'proven' };
  const said = gitWords(answer.stderr);
  const reason = said.find((line) => unreachable.test(line));
  if (reason !== undefined) return { is: 'unreachable', reason };
  throw refused(said, again);
}

function refused(said: readonly string[], again: string): ExpectedError {
  const isHost = said.some((line) => /host key verification failed|host identification has changed/i.test(line));
  return new ExpectedError({
    code: isHost ? 'host-key' : 'deploy-key-refused',
    exitCode: 1,
    message: isHost
      ? 'the server is not the one that known_hosts names'
      : 'the server does not let the new deploy key read the repository',
    why: [...said.map((line) => `git: ${line}`), 'The old key stays where it is.'],
    hint: isHost
      ? 'Find out from the server’s own pages which host key is right, correct known_hosts, then run the same command again.'
      : `Look at the deploy keys of the repository, then: ${again}`,
  });
}

function withoutKnownHosts(path: string, { scan, again }: { scan: string; again: string }): ExpectedError {
  return new ExpectedError({
    code: 'no-known-hosts',
    exitCode: 1,
    message: 'cannot prove the new deploy key: nobody vouches for the host key of the server',
    why: ['The API of this server does not tell it. The old key stays where it is.'],
    hint: `${scan} > ${quoted(path)}, compare it with what the server's admin says, then: ${again}`,
  });
}

/** git hands the command to a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
