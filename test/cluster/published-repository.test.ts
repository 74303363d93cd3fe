import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leaksIn, placesBelow } from '../secrets/leaks/leak-search.ts';
import { builtProgram } from '../sequences/built-program.ts';
import { runKilled } from '../sequences/killed.ts';
import { fakeSystem } from '../support/fake-system.ts';
import { type Run, runMain } from '../support/run-main.ts';
import type { Cluster } from './cluster.ts';
import { eventually, objectAt } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { startHarnessCluster } from './harness-cluster.ts';
import { type RealForge, startRealForge } from './real-forge.ts';

const name = 'fleet';
const answers = ['--cluster', 'production', '--component', 'none', '--app', 'web'];

/** Commands of the next steps, as a person copies them. */
const commandsIn = (out: string) => out.split('\n').flatMap((line) => (/^ {7}\S/.test(line) ? [line.trim()] : []));

const needs = ['FORGE_SCRIPT'];

describeCluster(
  'a repository on a real Gitea, published by us and reconciled over SSH',
  (cluster) => {
    let forge: RealForge;
    let second: Cluster | undefined;
    const system = fakeSystem();
    const root = join(system.cwd, name);

    beforeAll(async () => {
      forge = await startRealForge(process.env.FORGE_SCRIPT ?? '');
      const helper = '!f() { echo username=admin; echo "password=$GITEA_TOKEN"; }; f';
      system.env = { ...system.env, GITEA_TOKEN: forge.token };
      execFileSync('git', ['config', '--global', 'credential.helper', helper], { env: system.env });
    });
    afterAll(async () => {
      await second?.down();
      await forge?.down();
      system.remove();
    });

    const program = (...words: string[]): Promise<Run> =>
      runMain({ ...system, cwd: root }, [...words, '--ca-file', forge.caFile]);
    const git = (...words: string[]) =>
      execFileSync('git', words, { cwd: root, env: system.env, encoding: 'utf8', stdio: 'pipe' }).trim();
    const keys = async () => (await forge.ask('GET', `/repos/acme/${name}/keys`)) as { title: string; key: string }[];

    /** What a person does who copies the printed commands. */
    const follow = (where: Cluster, commands: readonly string[]): Promise<string> => {
      const env = {
        ...(system.env as Record<string, string>),
        PATH: process.env.PATH ?? '',
        GIT_SSL_CAINFO: forge.caFile,
      };
      return where.run('sh', ['-e', '-c', commands.join('\n')], { folder: root, env });
    };

    it('is published by a create that dies half-way and is run again', { timeout: 120_000 }, async () => {
      const publish = [
        '--publish',
        '--provider',
        'gitea',
        '--owner',
        'acme',
        '--host',
        forge.url,
        '--ca-file',
        forge.caFile,
      ];
      const create = [name, '--yes', ...answers, ...publish];
      const env = { ...system.env, KILL_CALLS: '1' };
      const killed = { folder: system.cwd, env, killAt: 'request:7' };
      expect(await runKilled(await builtProgram(), create, killed)).toBe('SIGKILL');
      expect(await forge.ask('GET', `/repos/acme/${name}`)).toMatchObject({ private: true });
      expect(await keys()).toEqual([]);
      const { code, out, err } = await runMain(system, create);
      expect([code, err]).toEqual([0, expect.stringContaining('ok Give cluster production a deploy key')]);
      expect((await keys()).map(({ title }) => title)).toEqual(['flux production']);
      const commands = commandsIn(out);
      expect(commands).toEqual([
        expect.stringMatching(/^ssh-keyscan /),
        expect.stringMatching(/^kubectl create namespace /),
        expect.stringMatching(/^kubectl -n flux-system create secret generic flux-system /),
        expect.stringMatching(/^flux bootstrap gitea .*--ssh-hostname=127\.0\.0\.1:\d+ /),
        'git pull',
      ]);
      await follow(cluster(), commands);
    });

    it('is what a real cluster follows, with that deploy key and no other', async () => {
      await reconciled(cluster(), git('rev-parse', 'HEAD'));
      const source = await objectAt(cluster(), 'gitrepository.source.toolkit.fluxcd.io', 'flux-system/flux-system');
      expect(source?.spec).toMatchObject({
        url: expect.stringMatching(/^ssh:\/\/git@127\.0\.0\.1:\d+\/acme\/fleet$/),
        secretRef: { name: 'flux-system' },
      });
      const [key, ...others] = await keys();
      expect(others).toEqual([]);
      const secret = await objectAt(cluster(), 'secret', 'flux-system/flux-system');
      const kept = Buffer.from(secret?.data?.['identity.pub'] ?? '', 'base64').toString();
      expect(kept.split(' ')[1]).toBe(key?.key.split(' ')[1]);
      expect(await objectAt(cluster(), 'deployment', 'web/web')).toBeDefined();
    });

    it('gets a cluster by a pull request that is merged there', { timeout: 300_000 }, async () => {
      const added = await program('add', 'cluster', 'edge', '--environment', 'production', '--yes', '--pull-request');
      expect([added.code, added.err]).toEqual([0, expect.stringContaining('ok Push flux-repo-add-cluster-edge')]);
      await forge.ask('POST', `/repos/acme/${name}/pulls/1/merge`, { Do: 'merge' });
      await follow(cluster(), ['git switch -q main && git pull -q', 'flux reconcile source git flux-system']);
      await reconciled(cluster(), git('rev-parse', 'HEAD'));

      const published = await program('publish', '--yes');
      expect([published.code, published.err]).toEqual([0, expect.stringContaining('Give cluster edge a deploy key')]);
      expect((await keys()).map(({ title }) => title).sort()).toEqual(['flux edge', 'flux production']);
      second = await startHarnessCluster(process.env.CLUSTER_HARNESS ?? '');
      const key = commandsIn(added.out).filter((command) => command.startsWith('kubectl'));
      await follow(second, [...key, ...commandsIn(published.out)]);
      await reconciled(second, git('rev-parse', 'HEAD'));
    });

    it('goes on being read while its deploy key is replaced', { timeout: 120_000 }, async () => {
      const old = (await keys()).find(({ title }) => title === 'flux production');
      const begun = await program('keys', 'rotate', 'production', '--yes');
      expect([begun.code, begun.err]).toEqual([0, expect.stringContaining('ok Read the repository with it over SSH')]);
      expect(await keys()).toHaveLength(3);
      await follow(
        cluster(),
        commandsIn(begun.out).filter((command) => !command.startsWith('npx')),
      );
      await reconciled(cluster(), git('rev-parse', 'HEAD'));

      const ended = await program('keys', 'rotate', 'production', '--yes', '--confirm', 'production');
      expect(ended).toMatchObject({ code: 0 });
      expect(await keys()).toHaveLength(2);
      expect((await keys()).map(({ key }) => key)).not.toContain(old?.key);
      expect(await runMain({ ...system, cwd: root }, ['add', 'app', 'api', '--yes', '--commit'])).toMatchObject({
        code: 0,
      });
      await follow(cluster(), ['git push -q', 'flux reconcile source git flux-system']);
      await reconciled(cluster(), git('rev-parse', 'HEAD'));
    });

    it('shows its token nowhere', () => {
      const printed = [
        { name: 'stdout', bytes: Buffer.from(system.out()) },
        { name: 'stderr', bytes: Buffer.from(system.err()) },
      ];
      const places = ['work', 'home'].flatMap((folder) => placesBelow(join(system.home, '..', folder), folder));
      expect(readdirSync(root)).toContain('flux-repo.yaml');
      expect(leaksIn([...printed, ...places], [{ channel: 'token', text: forge.token }])).toEqual([]);
    });
  },
  needs,
);

/** Waits until everything that Flux applies is ready at this commit. */
async function reconciled(cluster: Cluster, commit: string): Promise<void> {
  const columns = ['.metadata.name', '.status.lastAppliedRevision', '.status.conditions[?(@.type=="Ready")].status'];
  const format = `jsonpath={range .items[*]}${columns.map((column) => `{${column}}`).join(' ')}{"\\n"}{end}`;
  const words = ['get', 'kustomization.kustomize.toolkit.fluxcd.io', '--namespace=flux-system', `--output=${format}`];
  const names = ['apps', 'flux-system', 'infrastructure', 'web'];
  const want = new RegExp(`^(${names.join('|')}|api) main@sha1:${commit} True$`);
  const look = async () => {
    const lines = (await cluster.run('kubectl', words)).split('\n').filter((line) => line !== '');
    const isThere = names.every((each) => lines.some((line) => line.startsWith(`${each} `)));
    return isThere && lines.every((line) => want.test(line)) ? 'ready' : lines.join('\n');
  };
  expect(await eventually('ready', look)).toBe('ready');
}
