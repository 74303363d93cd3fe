import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type FakeForge, forgeToken } from '../publish/fake-forge.ts';
import { leaksIn, placesBelow } from '../secrets/leaks/leak-search.ts';
import type { MadeRepository } from '../support/made-repository.ts';
import { type Run, runMain } from '../support/run-main.ts';

/** A person's machine: the repository and the home with the keys, in a folder of its own. */
export interface ForgeMachine {
  /** Holds all of it. */
  copy: string;
  home: string;
  /** The repository. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Runs the program there, in this process. */
  run(words: readonly string[]): Promise<Run>;
  remove(): void;
}

/** A copy of the machine on which a repository was made. */
export function machineOf({ system, root }: MadeRepository, name: string): ForgeMachine {
  const base = join(root, '../..');
  const copy = join(base, name);
  cpSync(join(base, 'work'), join(copy, 'work'), { recursive: true });
  cpSync(system.home, join(copy, 'home'), { recursive: true });
  const [home, folder] = [join(copy, 'home'), join(copy, 'work/demo')];
  const env = { ...system.env, HOME: home, GIT_CONFIG_GLOBAL: join(home, 'gitconfig'), KILL_CALLS: '1' };
  return {
    ...{ copy, home, folder, env },
    run: (words) => runMain({ ...system, cwd: folder, home, env }, words),
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}

/** Nothing that a run has left or printed holds the token, in any form. */
export function expectNoToken({ copy }: ForgeMachine, printed: Run, at: string): void {
  const said = ['out', 'err'] as const;
  const places = [
    ...said.map((name) => ({ name, bytes: Buffer.from(printed[name]) })),
    ...placesBelow(copy, 'the machine'),
  ];
  expect(leaksIn(places, [{ channel: 'token', text: forgeToken }]), at).toEqual([]);
}

/** Lets a forge be as it was. */
export function snapshotOf(forge: FakeForge): { restore(): void; remove(): void } {
  const [repositories, kept] = [structuredClone(forge.repositories), `${forge.root}.kept`];
  cpSync(forge.root, kept, { recursive: true });
  return {
    restore() {
      forge.repositories = structuredClone(repositories);
      forge.requests.length = 0;
      rmSync(forge.root, { recursive: true });
      cpSync(kept, forge.root, { recursive: true });
    },
    remove: () => rmSync(kept, { recursive: true }),
  };
}
