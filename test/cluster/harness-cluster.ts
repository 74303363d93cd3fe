import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { checkErrors, shown } from './check-errors.ts';
import type { Cluster, FluxObject, SyncOptions } from './cluster.ts';
import { freePorts } from './free-ports.ts';
import { startGuardian } from './guardian.ts';
import { pushChart } from './push-chart.ts';

/** The registry's port, from the harness' first on. */
const registryPort = 8;
/** That of notification-controller's receivers. */
const webhookPort = 9;

/**
 * A cluster of local processes, by the scripts of a harness folder: `up.sh`, `sync.sh`, `with.sh`, `down.sh`, and for
 * stand-ins `chart.sh` and `lib/push.sh`. It has a folder and ports of its own unless E2E_RUN and E2E_PORT give them.
 * Flux itself is not installed yet: the first `sync` brings it, with the controllers that `flux bootstrap` installs.
 */
export async function startHarnessCluster(harness: string): Promise<Cluster> {
  const runFolder = process.env.E2E_RUN ?? mkdtempSync(join(tmpdir(), 'flux-repo-cluster-'));
  const port = Number(process.env.E2E_PORT ?? (await freePorts()));
  const env = { E2E_RUN: runFolder, E2E_PORT: String(port) };
  const script = (name: string, args: readonly string[], accepted?: readonly number[]) =>
    runScript(join(harness, name), args, env, accepted);
  const guardian = startGuardian([join(harness, 'down.sh')], env);
  const down = async () => {
    await guardian.end();
    rmSync(runFolder, { recursive: true, force: true });
  };
  await script('up.sh', ['--no-flux']).catch(async (error: unknown) => {
    await down();
    throw error;
  });
  let failure: Error | undefined;
  const run: Cluster['run'] = async (program, args, { folder, env: more } = {}) => {
    const options = { env: { ...more, ...env }, ...(folder === undefined ? {} : { cwd: folder }) };
    return (await execa(join(harness, 'with.sh'), [program, ...args], options)).stdout;
  };
  return {
    run,
    push: async (folder, options) => {
      await script('sync.sh', [...syncArguments(folder, options), '--no-wait']);
    },
    sync: async (folder, options) => {
      // What waits for something broken would wait in vain, minutes for each commit.
      if (failure !== undefined)
        throw new Error('not tried: an earlier commit did not become ready', { cause: failure });
      const found = await checkErrors(folder);
      if (found.length > 0) throw new Error(['check finds errors:', ...found.map(shown)].join('\n'));
      // Exit code 1 says that something is not ready, and stdout what.
      const { stdout } = await script('sync.sh', syncArguments(folder, options), [0, 1]);
      const report = JSON.parse(stdout) as { ready: boolean; objects: FluxObject[] }; // as `sync.sh --json` has it
      if (report.ready) return report.objects;
      const warnings = await run('kubectl', ['events', '--all-namespaces', '--types=Warning', '--no-headers']);
      failure = new Error(['not ready:', ...report.objects.flatMap(faultOf), 'warnings:', warnings].join('\n'));
      throw failure;
    },
    publishChart: async ({ name, version, packed }) => {
      const repository = `http://127.0.0.1:${port + registryPort}/v2/charts/${name}`;
      if (packed === undefined) await script('chart.sh', [name, version]);
      else await pushChart(repository, version, packed);
    },
    publishGit: async (name, folder, tag) => {
      const url = (await script('lib/push.sh', [folder, name])).stdout.trim();
      await execa('git', ['-C', join(runFolder, 'push', name), 'push', '--quiet', url, `HEAD:refs/tags/${tag}`]);
    },
    places: {
      helm: '@HELM@',
      oci: (chart) => `oci://@OCI@/charts/${chart}`,
      git: (name) => `@GIT@/${name}.git`,
      webhooks: `http://127.0.0.1:${port + webhookPort}`,
    },
    down,
  };
}

async function runScript(
  path: string,
  args: readonly string[],
  env: Record<string, string>,
  accepted: readonly number[] = [0],
): Promise<{ stdout: string }> {
  const { exitCode, stdout, stderr } = await execa(path, args, { env, reject: false });
  if (exitCode === undefined || !accepted.includes(exitCode))
    throw new Error(`${path} ${args.join(' ')} ended with ${exitCode}\n${stderr}\n${stdout}`);
  return { stdout };
}

function syncArguments(
  folder: string,
  { path, rewrites = [], controllers = [], bootstrap = false }: SyncOptions,
): string[] {
  return [
    ...[folder, path, '--json', '--timeout', '240', '--components-extra', controllers.join(',')],
    ...rewrites.flatMap(({ from, to }) => ['--rewrite', `${from}=${to}`]),
    ...(bootstrap ? ['--bootstrap'] : []),
  ];
}

/** One line for an object that is not ready. */
function faultOf({ kind, namespace, name, ready, reason, message }: FluxObject): string[] {
  return ready === 'True' ? [] : [`${kind}/${namespace}/${name} ${ready} ${reason}: ${message}`];
}
