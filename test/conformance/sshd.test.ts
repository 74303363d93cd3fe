import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownHostsOf, scanCommand } from '../../src/model/known-hosts.ts';
import { proveDeployKey } from '../../src/publish/git/prove-deploy-key.ts';
import { generateDeployKey } from '../../src/secrets/deploy-keys/deploy-key.ts';
import { deployKeyFolder, readDeployKey, writeDeployKey } from '../../src/secrets/deploy-keys/deploy-key-folder.ts';
import { type RealSshd, sshdProgram, startSshd } from './real-sshd.ts';

const program = sshdProgram();
if (program === undefined) console.warn("SKIPPED deploy keys at OpenSSH's server: there is no sshd (openssh-server).");

describe.skipIf(program === undefined)("deploy keys at OpenSSH's own server", () => {
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  const [reader, writer, stranger] = ['reader', 'writer', 'stranger'].map((name) => deployKeyFolder(folder, name)) as [
    string,
    string,
    string,
  ]; // three names
  let server: RealSshd;

  beforeAll(async () => {
    const keys = { reader: generateDeployKey('reader@fleet'), writer: generateDeployKey('writer@fleet') };
    const allowed = [
      { publicKey: keys.reader.publicKey, may: 'read' },
      { publicKey: keys.writer.publicKey, may: 'write' },
    ] as const;
    server = await startSshd(program ?? '', { folder, port: await freePort(), keys: allowed });
    await writeDeployKey(reader, keys.reader, [server.hostLine]);
    await writeDeployKey(writer, keys.writer, [server.hostLine]);
    await writeDeployKey(stranger, generateDeployKey('stranger@fleet'), [server.hostLine]);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const prove = (of: string) => {
    const how = { call: { cwd: folder, env: process.env }, scan: scanCommand(server.sshUrl), again: 'again' };
    return proveDeployKey(of, server.sshUrl, how);
  };
  /** As a person, or Flux, with the files of the folder and nothing else. */
  const git = (of: string, ...words: string[]) => {
    const options = ['IdentitiesOnly=yes', 'IdentityAgent=none', 'BatchMode=yes', 'StrictHostKeyChecking=yes'];
    const files = [
      '-F',
      '/dev/null',
      '-i',
      join(of, 'identity'),
      '-o',
      `UserKnownHostsFile=${join(of, 'known_hosts')}`,
    ];
    const ssh = ['ssh', ...files, ...options.flatMap((option) => ['-o', option])].join(' ');
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    const env = { ...process.env, GIT_SSH_COMMAND: ssh };
    const { status, stdout, stderr } = spawnSync('git', [...who, ...words], { cwd: folder, env, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it('are files that OpenSSH takes, closed to others', async () => {
    const own = (await readDeployKey(reader))?.publicKey.split(' ').slice(0, 2).join(' ');
    const told = execFileSync('ssh-keygen', ['-y', '-f', join(reader, 'identity')], { encoding: 'utf8' });
    expect(told.split(' ').slice(0, 2).join(' ').trim()).toBe(own);
    expect(readFileSync(join(reader, 'identity.pub'), 'utf8')).toContain(own);
    expect(statSync(join(reader, 'identity')).mode & 0o777).toBe(0o600);
  });

  it('read, both of them', async () => {
    expect(await prove(reader)).toEqual({ is: 'proven' });
    expect(await prove(writer)).toEqual({ is: 'proven' });
    expect(git(reader, 'ls-remote', server.sshUrl)).toMatchObject({ status: 0 });
  });

  it('write, the one that may', () => {
    const work = join(folder, 'work');
    for (const words of [
      ['init', '-q', '-b', 'main', work],
      ['-C', work, 'commit', '-q', '--allow-empty', '-m', 'One'],
    ])
      expect(git(writer, ...words)).toMatchObject({ status: 0 });
    const push = ['-C', work, 'push', '-q', server.sshUrl, 'HEAD:refs/heads/main'];
    expect(git(reader, ...push)).toMatchObject({ status: 128, stderr: expect.stringContaining('may not do that') });
    expect(git(writer, ...push)).toMatchObject({ status: 0 });
    expect(git(reader, 'ls-remote', '--heads', server.sshUrl).stdout).toContain('refs/heads/main');
  });

  it('of nobody are refused, and so is a server that is not the one that somebody vouched for', async () => {
    await expect(prove(stranger)).rejects.toMatchObject({ code: 'deploy-key-refused' });
    const other = server.hostLine.replace(/\S+$/, generateDeployKey('x').publicKey.split(' ')[1] ?? '');
    writeFileSync(join(stranger, 'known_hosts'), `${other}\n`);
    await expect(prove(stranger)).rejects.toMatchObject({ code: 'host-key' });
    writeFileSync(join(stranger, 'known_hosts'), '');
    await expect(prove(stranger)).rejects.toMatchObject({ code: 'host-key' });
  });

  it('come with a line that the printed ssh-keyscan gives', async () => {
    const lines = execFileSync('sh', ['-c', `${scanCommand(server.sshUrl)} 2>/dev/null`], { encoding: 'utf8' });
    expect(lines.trim().split('\n')).toContain(server.hostLine);
    writeFileSync(join(reader, 'known_hosts'), lines);
    expect(await prove(reader)).toEqual({ is: 'proven' });
  });

  it('come with lines of known servers that OpenSSH reads', () => {
    for (const host of ['github.com', 'gitlab.com']) {
      const file = join(folder, `hosts-${host}`);
      const lines = knownHostsOf(`ssh://git@${host}/acme/fleet`, undefined);
      writeFileSync(file, `${lines.join('\n')}\n`);
      const found = execFileSync('ssh-keygen', ['-l', '-F', host, '-f', file], { encoding: 'utf8' });
      expect(found.match(/SHA256:/g)).toHaveLength(lines.length);
    }
  });

  it('are neither proven nor refused where the server cannot be reached', async () => {
    const port = await freePort();
    const how = { call: { cwd: folder, env: process.env }, scan: 'scan', again: 'again' };
    const proof = await proveDeployKey(reader, `ssh://git@127.0.0.1:${port}/acme/fleet.git`, how);
    expect(proof).toMatchObject({ is: 'unreachable', reason: expect.stringContaining('refused') });
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
