import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';
import type { FakeSystem } from '../../support/fake-system.ts';
import { type Run, runMain } from '../../support/run-main.ts';
import { leaksIn, type Marker, newMarker, type Place, placesBelow } from './leak-search.ts';
import { type RecordingPrograms, recordingPrograms } from './recording-programs.ts';

/** One command, with secrets put into its channels and everything it could leave behind looked at. */
export interface LeakTrial {
  system: FakeSystem;
  programs: RecordingPrograms;
  /** A secret for a channel, to be given to the command. `mayShow` are names of places where it belongs. */
  secret(channel: string, options?: { mayShow?: readonly RegExp[] }): string;
  /** The same for a secret that exists already, such as a private key. */
  know(channel: string, text: string, options?: { mayShow?: readonly RegExp[] }): void;
  /** Puts a program's stand-in, found in a folder of PATH, behind a recording one. */
  standInFor(name: string, path: string): void;
  setEnvironment(variables: Readonly<Record<string, string>>): void;
  /** Writes a file the command may read; what is in it is no leak there. @returns its absolute path */
  input(path: string, text: string): string;
  run(...argv: readonly string[]): Promise<Run>;
  /** Where secrets show that do not belong there. */
  leaks(): string[];
}

/** @param system at rest; the repositories are folders of `work`, beside its home */
export function leakTrial(system: FakeSystem): LeakTrial {
  const base = dirname(system.home);
  const work = join(base, 'work');
  const temporary = join(base, 'temporary');
  mkdirSync(temporary, { mode: 0o700 });
  vi.stubEnv('TMPDIR', temporary);
  const programs = recordingPrograms(base, temporary);
  const known: (Marker & { mayShow: readonly RegExp[] })[] = [];
  const inputs = new Set<string>();
  const [out, err] = [system.out().length, system.err().length];
  const setEnvironment = (variables: Readonly<Record<string, string>>) => {
    system.env = { ...system.env, ...variables };
  };
  setEnvironment({ PATH: `${programs.folder}:${system.env.PATH}`, TMPDIR: temporary, XDG_RUNTIME_DIR: temporary });

  const places = (): Place[] => [
    { name: 'stdout', bytes: Buffer.from(system.out().slice(out)) },
    { name: 'stderr', bytes: Buffer.from(system.err().slice(err)) },
    ...placesBelow(programs.records, 'records'),
    ...placesBelow(temporary, 'temporary'),
    ...placesBelow(system.home, 'home'),
    ...placesBelow(work, 'work').filter(({ name }) => !inputs.has(join(base, name))),
    ...readdirSync(work).flatMap((repository) => gitObjects(join(work, repository))),
  ];

  return {
    system,
    programs,
    secret(channel, { mayShow = [] } = {}) {
      const marker = newMarker(channel);
      known.push({ ...marker, mayShow });
      return marker.text;
    },
    standInFor(name, path) {
      const [folder = ''] = path.split(':');
      programs.add(name, `exec '${join(folder, name)}' "$@"`);
    },
    know: (channel, text, { mayShow = [] } = {}) => known.push({ channel, text, mayShow }),
    setEnvironment,
    input(path, text) {
      const whole = path.startsWith('/') ? path : join(base, 'inputs', path);
      mkdirSync(dirname(whole), { recursive: true });
      writeFileSync(whole, text);
      inputs.add(whole);
      return whole;
    },
    run: (...argv) => runMain(system, argv),
    leaks() {
      const all = places();
      return known.flatMap(({ mayShow, ...marker }) =>
        leaksIn(
          all.filter(({ name }) => !mayShow.some((place) => place.test(name))),
          [marker],
        ),
      );
    },
  };
}

/** Every object of the repository, also those nothing refers to, as it is before git packs it. */
function gitObjects(root: string): Place[] {
  try {
    const objects = ['cat-file', '--batch-all-objects', '--unordered', '--batch'];
    const bytes = execFileSync('git', objects, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 });
    return [{ name: 'git objects', bytes }];
  } catch {
    return [];
  }
}
