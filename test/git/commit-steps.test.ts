import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstCommitSteps } from '../../src/git/commit-steps.ts';
import { type GitSandbox, gitSandbox } from './git-sandbox.ts';

const never = new AbortController().signal;
const resume = 'npx create-flux-repo@0.1.0 create fleet';
const inHead = ['ls-tree', '-r', '-z', '--name-only', 'HEAD'];

/** Runs the steps as every command does, and tells what became of each. */
async function commit(
  sandbox: GitSandbox,
  root: string,
  paths: string[],
  more: { executable?: string[]; env?: object } = {},
) {
  const env = { ...sandbox.env, ...more.env };
  const message = 'Create the Flux repository\n';
  const steps = firstCommitSteps({
    root,
    branch: 'trunk',
    paths,
    executable: more.executable ?? [],
    message,
    resume,
    env,
  });
  const states: string[] = [];
  for (const step of steps) {
    const already = await step.isDone(never);
    const outcome = already ? undefined : await step.run(never);
    states.push(`${step.id} ${already ? 'already' : outcome ? `skipped: ${outcome.skipped}` : 'done'}`);
    if (outcome === undefined) expect(await step.isDone(never)).toBe(true);
  }
  return states;
}

function writeFleet({ write }: GitSandbox, more: Record<string, string> = {}): string[] {
  const files = { 'flux-repo.yaml': 'version: 1\n', '.gitattributes': '* text=auto eol=lf\n', ...more };
  for (const [path, contents] of Object.entries(files)) write(`fleet/${path}`, contents);
  return Object.keys(files);
}

function committed({ git }: GitSandbox, root: string): string[] {
  return git(root, ...inHead)
    .split('\0')
    .filter((path) => path !== '')
    .sort();
}

describe('the first commit', () => {
  it('makes the repository on the branch asked for, commits the files, and is done the second time', async () => {
    const sandbox = gitSandbox();
    const root = join(sandbox.folder, 'fleet');
    const paths = writeFleet(sandbox, { 'not ours.txt': 'x\n' }).filter((path) => path !== 'not ours.txt');
    expect(await commit(sandbox, root, paths)).toEqual(['git-init done', 'git-commit done']);
    expect(committed(sandbox, root)).toEqual(['.gitattributes', 'flux-repo.yaml']);
    expect(sandbox.git(root, 'status', '--short', '--branch')).toBe('## trunk\n?? "not ours.txt"');
    expect(sandbox.git(root, 'log', '--format=%an <%ae> %s')).toBe('Ada <ada@example.com> Create the Flux repository');
    const head = sandbox.git(root, 'rev-parse', 'HEAD');
    expect(await commit(sandbox, root, paths)).toEqual(['git-init already', 'git-commit already']);
    expect(sandbox.git(root, 'rev-parse', 'HEAD')).toBe(head);
  });

  it('adds to the history of an existing repository and leaves what is staged there staged', async () => {
    const sandbox = gitSandbox();
    const root = sandbox.repository('fleet');
    sandbox.write('fleet/staged.txt', 'mine\n');
    sandbox.git(root, 'add', 'staged.txt');
    sandbox.git(root, 'rm', '--quiet', '--cached', 'first.txt');
    const paths = writeFleet(sandbox);
    expect(await commit(sandbox, root, paths)).toEqual(['git-init already', 'git-commit done']);
    expect(committed(sandbox, root)).toEqual(['.gitattributes', 'first.txt', 'flux-repo.yaml']);
    expect(sandbox.git(root, 'log', '--format=%s')).toBe('Create the Flux repository\nFirst');
    expect(sandbox.git(root, 'status', '--short')).toBe('D  first.txt\nA  staged.txt\n?? first.txt');
  });

  it('leaves staged files staged when there is no commit yet', async () => {
    const sandbox = gitSandbox();
    const root = join(sandbox.folder, 'fleet');
    const paths = writeFleet(sandbox);
    sandbox.git(root, 'init', '--quiet');
    sandbox.write('fleet/staged.txt', 'mine\n');
    sandbox.git(root, 'add', 'staged.txt');
    await commit(sandbox, root, paths);
    expect(committed(sandbox, root)).toEqual(['.gitattributes', 'flux-repo.yaml']);
    expect(sandbox.git(root, 'status', '--short')).toBe('A  staged.txt');
  });

  it('commits 3,000 files, names with blanks, stars and other letters, and files that are ignored', async () => {
    const sandbox = gitSandbox();
    const root = join(sandbox.folder, 'fleet');
    sandbox.configure(`[core]\n\texcludesFile = ${sandbox.write('home/ignored', '*.sops.yaml\n')}\n`);
    const many = Array.from({ length: 3_000 }, (_, at) => [`apps/base/app-${at}/release.yaml`, `at: ${at}\n`]);
    const odd = ['a b.yaml', 'größe/日本.yaml', ':(top)*', '-f', 'here.sops.yaml', 'local.tmp'];
    const files = { '.gitignore': '*.tmp\n', ...Object.fromEntries([...many, ...odd.map((path) => [path, 'x\n'])]) };
    const paths = writeFleet(sandbox, files);
    await commit(sandbox, root, paths);
    expect(committed(sandbox, root)).toEqual([...paths].sort());
    expect(sandbox.git(root, 'status', '--short')).toBe('');
  });

  it.each(['true', 'false'])('records the executable bit with core.fileMode=%s', async (fileMode) => {
    const sandbox = gitSandbox();
    const root = join(sandbox.folder, 'fleet');
    sandbox.git(sandbox.folder, 'init', '--quiet', 'fleet');
    sandbox.git(root, 'config', 'core.fileMode', fileMode);
    const paths = [...writeFleet(sandbox), '.githooks/pre-commit'];
    sandbox.write('fleet/.githooks/pre-commit', '#!/bin/sh\n', fileMode === 'true' ? 0o755 : 0o644);
    await commit(sandbox, root, paths, { executable: ['.githooks/pre-commit'] });
    expect(sandbox.git(root, 'ls-tree', '-r', 'HEAD').match(/^100755 .*$/gm)).toEqual([
      expect.stringMatching(/\t.githooks\/pre-commit$/),
    ]);
    expect(sandbox.git(root, 'status', '--short')).toBe('');
  });

  it.each(['true', 'input'])('keeps every byte with core.autocrlf=%s, also in a checkout', async (autocrlf) => {
    const sandbox = gitSandbox();
    const root = join(sandbox.folder, 'fleet');
    sandbox.configure(`[core]\n\tautocrlf = ${autocrlf}\n\tsafecrlf = true\n`);
    await commit(sandbox, root, writeFleet(sandbox));
    expect(sandbox.git(root, 'status', '--short')).toBe('');
    sandbox.git(sandbox.folder, 'clone', '--quiet', 'fleet', 'clone');
    expect(readFileSync(join(sandbox.folder, 'clone/flux-repo.yaml'), 'utf8')).toBe('version: 1\n');
  });

  it('works in a linked work tree', async () => {
    const sandbox = gitSandbox();
    sandbox.git(sandbox.repository('main'), 'worktree', 'add', '--quiet', '-b', 'side', '../fleet');
    const root = join(sandbox.folder, 'fleet');
    expect(await commit(sandbox, root, writeFleet(sandbox))).toEqual(['git-init already', 'git-commit done']);
    expect(sandbox.git(root, 'status', '--short', '--branch')).toBe('## side');
  });

  it('does not touch the repository whose hook called it', async () => {
    const sandbox = gitSandbox();
    const hooked = sandbox.repository('hooked');
    const before = [sandbox.git(hooked, 'rev-parse', 'HEAD'), readFileSync(join(hooked, '.git/index'), 'hex')];
    const env = { GIT_DIR: join(hooked, '.git'), GIT_INDEX_FILE: join(hooked, '.git/index'), GIT_PREFIX: '' };
    await commit(sandbox, join(sandbox.folder, 'fleet'), writeFleet(sandbox), { env });
    expect(committed(sandbox, join(sandbox.folder, 'fleet'))).toEqual(['.gitattributes', 'flux-repo.yaml']);
    expect([sandbox.git(hooked, 'rev-parse', 'HEAD'), readFileSync(join(hooked, '.git/index'), 'hex')]).toEqual(before);
  });

  it("shows the person's hooks exactly what will be committed, and no token", async () => {
    const sandbox = gitSandbox();
    const root = sandbox.repository('fleet');
    sandbox.write('hooks/pre-commit', '#!/bin/sh\nexec >"$HOME/seen"\ngit diff --cached --name-only\nenv\n', 0o755);
    sandbox.configure(`[core]\n\thooksPath = ${join(sandbox.folder, 'hooks')}\n`);
    sandbox.write('fleet/staged.txt', 'mine\n');
    sandbox.git(root, 'add', 'staged.txt');
    await commit(sandbox, root, writeFleet(sandbox), { env: { GITHUB_TOKEN: 'ghp_marker', LC_ALL: 'C.UTF-8' } });
    const seen = readFileSync(join(sandbox.folder, 'home/seen'), 'utf8').split('\n');
    expect(seen.slice(0, 2)).toEqual(['.gitattributes', 'flux-repo.yaml']);
    expect(seen).not.toContain('staged.txt');
    expect(seen).toContain('LC_ALL=C.UTF-8');
    expect(seen.join()).not.toContain('ghp_marker');
  });
});
