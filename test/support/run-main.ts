import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { type FakeSystem, fakeSystem } from './fake-system.ts';

export interface Run {
  code: number;
  out: string;
  err: string;
}

/** A fake system that goes away with the test. */
export function testSystem(options: Parameters<typeof fakeSystem>[0] = {}): FakeSystem {
  const system = fakeSystem(options);
  onTestFinished(system.remove);
  return system;
}

/** Runs the program; what it printed is only of this run. */
export async function runMain(system: FakeSystem, argv: readonly string[]): Promise<Run> {
  const [out, err] = [system.out().length, system.err().length];
  const code = await main(argv, system);
  await new Promise((resolve) => setImmediate(resolve));
  return { code, out: system.out().slice(out), err: system.err().slice(err) };
}

/** Every file below a folder with its contents, `.git` left out; empty folders as `name/`. */
export function filesBelow(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const walk = (path: string) => {
    const names = readdirSync(join(folder, path)).filter((name) => name !== '.git');
    if (names.length === 0 && path !== '') files[`${path}/`] = '';
    for (const name of names.sort()) {
      const inner = path === '' ? name : `${path}/${name}`;
      const found = lstatSync(join(folder, inner));
      if (found.isSymbolicLink()) files[inner] = `-> ${readlinkSync(join(folder, inner))}`;
      else if (found.isDirectory()) walk(inner);
      else files[inner] = readFileSync(join(folder, inner), 'utf8');
    }
  };
  walk('');
  return files;
}
