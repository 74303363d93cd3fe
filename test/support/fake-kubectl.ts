import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'vitest';
import type { FakeSystem } from './fake-system.ts';

interface FakeCluster {
  namespace?: boolean;
  /** What its ConfigMap `cluster-vars` says. */
  name?: string;
  secret?: { data: Record<string, string>; managers: Record<string, string[]> };
  /** The commit that its Flux has applied; without one there is no Flux. */
  applied?: string;
  /** Flux objects in it, `Kind/namespace/name`. */
  flux?: string[];
  /** Every call is answered by this on stderr. */
  fails?: string;
  /** What is applied is not what is there afterwards. */
  garbles?: boolean;
}

interface FakeCall {
  argv: string[];
  env: Record<string, string>;
  hasInput: boolean;
}

/** A kubectl on the PATH of a fake system, with clusters that live as long as the system. */
export interface FakeKubectl {
  /** The system, with it on PATH. */
  system: FakeSystem;
  cluster(context: string): FakeCluster;
  change(context: string, change: FakeCluster): void;
  calls(): FakeCall[];
  /** Entry of the key Secret -> its text. */
  entries(context: string): Record<string, string>;
  /** Fails when one of these texts is in an argument or a variable of any call. */
  expectUnseen(texts: readonly string[]): void;
}

/** @param contexts by name, each a cluster */
export function fakeKubectl(system: FakeSystem, contexts: Record<string, FakeCluster>): FakeKubectl {
  const bin = join(system.home, 'bin');
  const [state, log] = [join(system.home, 'fake-kubectl.json'), join(system.home, 'fake-kubectl.log')];
  mkdirSync(bin, { recursive: true });
  const script = join(import.meta.dirname, 'fake-kubectl.mjs');
  writeFileSync(join(bin, 'kubectl'), `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(join(bin, 'kubectl'), 0o755);
  writeFileSync(state, JSON.stringify({ contexts }));
  const read = (): { contexts: Record<string, FakeCluster> } => JSON.parse(readFileSync(state, 'utf8'));
  const clusterOf = (context: string) => read().contexts[context] ?? {};
  const calls = (): FakeCall[] =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
      : [];
  return {
    system: {
      ...system,
      env: { ...system.env, PATH: [bin, system.env.PATH].join(delimiter), GITHUB_TOKEN: 'ghp_secret' },
    },
    cluster: clusterOf,
    change(context, change) {
      const all = read().contexts;
      writeFileSync(state, JSON.stringify({ contexts: { ...all, [context]: { ...all[context], ...change } } }));
    },
    calls,
    entries: (context) =>
      Object.fromEntries(
        Object.entries(clusterOf(context).secret?.data ?? {}).map(([entry, value]) => [
          entry,
          Buffer.from(value, 'base64').toString('utf8'),
        ]),
      ),
    expectUnseen(texts) {
      const told = JSON.stringify(calls().map(({ argv, env }) => [argv, env]));
      for (const text of texts)
        for (const form of [text, Buffer.from(text).toString('base64')])
          expect(told.includes(form), 'leaked').toBe(false);
    },
  };
}
