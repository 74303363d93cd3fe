import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

/** The real programs our files must satisfy, as Go modules: their versions are part of what is proven. */
const programs = [
  ['kustomize', 'sigs.k8s.io/kustomize/kustomize/v5@v5.8.1'],
  ['sops', 'github.com/getsops/sops/v3/cmd/sops@v3.13.2'],
  ['age', 'filippo.io/age/cmd/age@v1.3.2'],
  ['kubeseal', 'github.com/bitnami-labs/sealed-secrets/cmd/kubeseal@v0.36.6'],
  ['age-keygen', 'filippo.io/age/cmd/age-keygen@v1.3.2'],
];

const folder = resolve('node_modules/.cache/conformance');

/**
 * Installs what is missing, each version in a folder of its own.
 * @returns folders for PATH
 */
function installPrograms() {
  return programs.map(([name, module]) => {
    const target = resolve(folder, `${name}-${module.split('@')[1]}`);
    if (!existsSync(resolve(target, name)) && !existsSync(resolve(target, `${name}.exe`))) install(module, target);
    return target;
  });
}

function install(module, target) {
  console.log(`go install ${module}`);
  const { status } = spawnSync('go', ['install', module], {
    env: { ...process.env, GOBIN: target },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`go install ${module} failed`);
}

const hasGo = spawnSync('go', ['version']).status === 0;
if (!hasGo)
  console.warn(
    'SKIPPED installing kustomize, sops, age and kubeseal: Go is not here. Tests that need them say so below.',
  );
const path = [...(hasGo ? installPrograms() : []), process.env.PATH].join(delimiter);
const vitest = resolve('node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'conformance', ...process.argv.slice(2)], {
  env: { ...process.env, PATH: path },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
