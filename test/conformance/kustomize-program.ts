import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The kustomize whose API Flux 2.9 builds with: https://github.com/fluxcd/pkg/blob/main/kustomize/go.mod */
const version = 'v5.8.1';
const tools = resolve('node_modules/.cache/conformance-tools');

/** Where kustomize is, or why there is none. */
export type KustomizeProgram = { path: string } | { missing: string };

/**
 * The pinned kustomize: the one named by `KUSTOMIZE`, the one in PATH when it is that version, or one built once by Go.
 */
export function kustomizeProgram(): KustomizeProgram {
  const given = process.env.KUSTOMIZE;
  if (given !== undefined) return isPinned(given) ? { path: given } : { missing: `KUSTOMIZE is not ${version}` };
  if (isPinned('kustomize')) return { path: 'kustomize' };
  const built = join(tools, process.platform === 'win32' ? 'kustomize.exe' : 'kustomize');
  if (existsSync(built) && isPinned(built)) return { path: built };
  if (spawnSync('go', ['version']).error !== undefined)
    return { missing: `kustomize ${version} is not in PATH, KUSTOMIZE is not set, and there is no Go to build it` };
  mkdirSync(tools, { recursive: true });
  const { status, stderr } = spawnSync('go', ['install', `sigs.k8s.io/kustomize/kustomize/v5@${version}`], {
    env: { ...process.env, GOBIN: tools },
    encoding: 'utf8',
  });
  return status === 0 ? { path: built } : { missing: `go install failed: ${stderr.trim().split('\n').at(-1)}` };
}

function isPinned(program: string): boolean {
  const { stdout, error } = spawnSync(program, ['version'], { encoding: 'utf8' });
  return error === undefined && stdout.trim() === version;
}
