import { spawnSync } from 'node:child_process';
import { delimiter, resolve } from 'node:path';
import { hasGo, installPrograms } from './real-programs.mjs';
import { githubDescription, gitlabTypes } from './server-descriptions.mjs';

const canInstall = hasGo();
if (!canInstall)
  console.warn(
    'SKIPPED installing kustomize, sops, age and kubeseal: Go is not here. Tests that need them say so below.',
  );
const github = githubDescription();
const descriptions = {
  ...(github && { GITHUB_DESCRIPTION: github }),
  ...(canInstall && { GITLAB_TYPES: gitlabTypes() }),
};
const path = [...(canInstall ? installPrograms() : []), process.env.PATH].join(delimiter);
const vitest = resolve('node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'conformance', ...process.argv.slice(2)], {
  env: { ...process.env, ...descriptions, PATH: path },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
