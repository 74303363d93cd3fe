import { delimiter, join } from 'node:path';
import { execa, type Options } from 'execa';
import { Cancelled } from '../errors.ts';
import type { Environment } from '../git/git-environment.ts';
import type { Secret } from '../secrets/secret.ts';
import { kubeEnvironment } from './kube-environment.ts';
import { kubectlFailed, kubectlMissing, kubectlTooSlow } from './kubectl-refusals.ts';

/** Which cluster is meant, and how to get there. */
export interface KubectlCall {
  /** A context of the kubeconfig; kubectl's current one is never taken. */
  context: string;
  /** `--kubeconfig`, absolute; without it `KUBECONFIG`, then the person's own file, as kubectl does. */
  kubeconfig: string | undefined;
  env: Environment;
  /** The person's home folder, absolute. */
  home: string;
  signal?: AbortSignal | undefined;
}

/** Milliseconds for one call: a credential plugin may have to ask its cloud first. */
const patience = 60_000;

/**
 * Runs kubectl against one cluster. No shell reads the arguments, and nothing secret may be among them.
 *
 * @param input for kubectl's standard input, which is where secrets go
 * @returns standard output, for the caller's eyes only: it may be a Secret
 * @throws ExpectedError by cause: `kubectl-missing`, `kubectl-context`, `kubectl-kubeconfig`, `kubectl-forbidden`,
 *   `kubectl-unauthorized`, `kubectl-unreachable`, `kubectl-plugin`, `kubectl-conflict`,
 *   `kubectl-no-kind`, `kubectl-timeout`, `kubectl-failed`; Cancelled
 */
export async function runKubectl(args: readonly string[], call: KubectlCall, input?: Secret): Promise<string> {
  const result = await started([`--context=${call.context}`, '--request-timeout=20s', ...args], call, input);
  if (result.exitCode === 0) return result.stdout;
  const contexts = /context.*(does not exist|not found)/.test(result.stderr) ? await contextNames(call) : [];
  throw kubectlFailed(result.stderr, { context: call.context, contexts });
}

interface Answer {
  exitCode: number;
  stdout: string;
  stderr: string;
}

async function started(args: readonly string[], call: KubectlCall, input?: Secret): Promise<Answer> {
  const { env, flags } = place(call);
  const result = await execa('kubectl', [...flags, ...args], {
    ...({ env, extendEnv: false, reject: false, timeout: patience, stripFinalNewline: false } satisfies Options),
    ...(input === undefined ? { stdin: 'ignore' as const } : { input: input.reveal() }),
    ...(call.signal && { cancelSignal: call.signal }),
  });
  if (result.isCanceled) throw call.signal?.reason instanceof Cancelled ? call.signal.reason : new Cancelled();
  if (result.timedOut) throw kubectlTooSlow(call.context, patience);
  if (result.signal === 'SIGINT' || result.signal === 'SIGTERM') throw new Cancelled(result.signal);
  if (result.exitCode !== undefined) return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
  // Not as `cause`: execa's error would carry what kubectl printed.
  if (result.code !== 'ENOENT' && result.code !== 'EACCES')
    throw new Error(`kubectl could not be started (${result.code ?? result.signal})`);
  throw kubectlMissing();
}

/** `KUBECONFIG` may be a list of files, which the flag does not take. */
function place({ env, kubeconfig, home }: KubectlCall): { env: Record<string, string>; flags: string[] } {
  const { KUBECONFIG, ...others } = kubeEnvironment(env);
  if (kubeconfig === undefined && KUBECONFIG?.includes(delimiter)) return { env: { ...others, KUBECONFIG }, flags: [] };
  const file = kubeconfig ?? (KUBECONFIG || join(home, '.kube', 'config'));
  return { env: others, flags: [`--kubeconfig=${file}`] };
}

/** For a hint; nothing when even that fails. */
async function contextNames(call: KubectlCall): Promise<string[]> {
  const { exitCode, stdout } = await started(['config', 'get-contexts', '--output=name'], call);
  return exitCode === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
}
