import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { type FakeSystem, fakeSystem } from './fake-system.ts';
import { filesBelow, type Run, runMain, testSystem } from './run-main.ts';

/** A repository that `create` made and committed, as a person has it before them. */
export interface MadeRepository {
  system: FakeSystem;
  root: string;
  /** Runs a command in it. */
  run(...argv: readonly string[]): Promise<Run>;
  git(...args: readonly string[]): string;
  read(path: string): string;
  write(path: string, text: string): void;
  /** Replaces a text that must be there. */
  edit(path: string, from: string, to: string): void;
  files(): Record<string, string>;
}

/** Made once for each command line in a file of tests; a test works in a copy. */
const originals = new Map<string, Promise<FakeSystem & { remove(): void }>>();

afterAll(async () => {
  for (const original of originals.values()) (await original).remove();
});

async function make(argv: readonly string[]): Promise<FakeSystem & { remove(): void }> {
  const system = fakeSystem();
  const made = await runMain(system, ['demo', '--yes', ...argv]);
  if (made.code !== 0) throw new Error(made.err);
  return system;
}

/** @param options.columns a terminal to ask at */
export async function madeRepository(
  argv: readonly string[] = ['--app', 'web'],
  options: { columns?: number } = {},
): Promise<MadeRepository> {
  const key = argv.join(' ');
  const original = originals.get(key) ?? make(argv);
  originals.set(key, original);
  return copyOf(await original, testSystem(options));
}

/**
 * The same repository and person once more, as they are now.
 * @param system where; one that goes with the test, if nothing is said
 */
export function copyOf({ cwd, home }: Pick<FakeSystem, 'cwd' | 'home'>, system = testSystem()): MadeRepository {
  const folder = basename(cwd) === 'demo' ? dirname(cwd) : cwd;
  cpSync(folder, system.cwd, { recursive: true });
  cpSync(home, system.home, { recursive: true });
  const root = join(system.cwd, 'demo');
  system.cwd = root;
  return repositoryIn(system, root);
}

function repositoryIn(system: FakeSystem, root: string): MadeRepository {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  return {
    system,
    root,
    run: (...words) => runMain(system, words),
    git: (...args) => execFileSync('git', args, { cwd: root, env: system.env, encoding: 'utf8' }).trimEnd(),
    read,
    write,
    edit(path, from, to) {
      const text = read(path);
      if (!text.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}`);
      write(
        path,
        text.replace(from, () => to),
      );
    },
    files: () => filesBelow(root),
  };
}

/** Paths that differ between two states of a folder. */
export function changedPaths(before: Record<string, string>, after: Record<string, string>): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]).sort();
}
