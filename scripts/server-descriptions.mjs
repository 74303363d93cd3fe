import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = resolve('node_modules/.cache/conformance');

/** GitHub's own description of its API: 29 MB packed, so it is no dependency; its version is part of what is proven. */
const github = {
  package: '@octokit/openapi@23.0.2',
  integrity: 'sha512-pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==',
  file: 'package/generated/api.github.com.json',
};

/** Fetches GitHub's description once. @returns the file; undefined, and said so, where it cannot be had */
export function githubDescription() {
  const target = join(folder, `github-${github.package.split('@').at(-1)}.json`);
  if (existsSync(target)) return target;
  const work = mkdtempSync(join(tmpdir(), 'description-'));
  try {
    console.log(`npm pack ${github.package}`);
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const words = ['pack', github.package, '--silent', '--pack-destination', work];
    const shell = process.platform === 'win32';
    const { status, stdout } = spawnSync(npm, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell });
    if (status !== 0) {
      console.warn("SKIPPED GitHub's description of its API: npm could not fetch it.");
      return undefined;
    }
    const packed = stdout.trim().split('\n').at(-1);
    const hash = createHash('sha512')
      .update(readFileSync(join(work, packed)))
      .digest('base64');
    if (`sha512-${hash}` !== github.integrity) throw new Error(`${github.package} is not what it was: sha512-${hash}`);
    execFileSync('tar', ['-xzf', packed, github.file], { cwd: work });
    mkdirSync(folder, { recursive: true });
    renameSync(join(work, github.file), `${target}.part`);
    renameSync(`${target}.part`, target);
    return target;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Builds the program that holds bodies against the types of GitLab's own client. GitLab's description of its API is in no
 * package registry, only in its repository.
 *
 * @returns the program
 */
export function gitlabTypes() {
  const source = resolve('test/conformance/gitlab-types');
  const target = join(folder, process.platform === 'win32' ? 'gitlab-types.exe' : 'gitlab-types');
  console.log('go build test/conformance/gitlab-types');
  execFileSync('go', ['build', '-o', target, '.'], { cwd: source, stdio: ['ignore', 'inherit', 'inherit'] });
  return target;
}
