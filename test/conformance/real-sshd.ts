import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';

/** OpenSSH's own server on the loopback, with one git repository for holders of deploy keys. */
export interface RealSshd {
  /** `ssh://user@127.0.0.1:port/acme/fleet.git` */
  sshUrl: string;
  /** Its own public key, as a line of known_hosts. */
  hostLine: string;
  stop(): Promise<void>;
}

/** Absolute, as sshd wants to be started; undefined when it is not here. */
export function sshdProgram(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, 'sshd')).find(existsSync);
}

/** What a forge does with the key that somebody came with: both read, one writes. */
const gate = `#!/bin/sh
case "$SSH_ORIGINAL_COMMAND" in
  "git-upload-pack '/acme/fleet.git'") exec git upload-pack "$2/acme/fleet.git" ;;
  "git-receive-pack '/acme/fleet.git'") [ "$1" = write ] && exec git receive-pack "$2/acme/fleet.git" ;;
esac
echo 'ERROR: this deploy key may not do that' >&2
exit 1
`;

/**
 * @param folder is there, and holds all of it
 * @param port unused
 * @param keys public halves, and what their holders may do
 */
export async function startSshd(
  program: string,
  {
    folder,
    port,
    keys,
  }: { folder: string; port: number; keys: readonly { publicKey: string; may: 'read' | 'write' }[] },
): Promise<RealSshd> {
  const at = (name: string) => join(folder, name);
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', at('acme/fleet.git')], { stdio: 'pipe' });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at('host')]);
  writeFileSync(at('gate'), gate, { mode: 0o755 });
  const lines = keys.map(({ publicKey, may }) => `restrict,command="${at('gate')} ${may} ${folder}" ${publicKey}\n`);
  writeFileSync(at('authorized_keys'), lines.join(''));
  const settings = {
    ...{ Port: port, ListenAddress: '127.0.0.1', HostKey: at('host'), AuthorizedKeysFile: at('authorized_keys') },
    ...{ PidFile: 'none', UsePAM: 'no', PasswordAuthentication: 'no', PermitRootLogin: 'yes', StrictModes: 'no' },
    PermitUserEnvironment: 'no',
  };
  const text = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(at('sshd_config'), text.join(''));
  // A server started by root drops its rights there; the system's own start makes the folder.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const child = spawn(program, ['-D', '-e', '-f', at('sshd_config')], { stdio: 'ignore' });
  await listening(port, child);
  const [type, key] = execFileSync('ssh-keygen', ['-y', '-f', at('host')], { encoding: 'utf8' }).split(' ');
  return {
    sshUrl: `ssh://${userInfo().username}@127.0.0.1:${port}/acme/fleet.git`,
    hostLine: `[127.0.0.1]:${port} ${type} ${key?.trim()}`,
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`sshd ended with ${child.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    const came = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (came) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('sshd does not listen');
}
