import { lockdownOf } from '../lockdown.ts';
import type { Finding, Rule } from '../rule.ts';

export const kustomizeNotBuilt: Rule = {
  id: 'kustomize/not-built',
  severity: 'warning',
  why: 'What a build fetches, or leaves to a program, can change without a commit here; nothing of it is checked.',
  fix: 'Make it a source with a Kustomization of its own, or copy what comes of it into this repository.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      // where Flux refuses it a rule about teams tells
      const isRefused = lockdownOf(repository, cluster).has('kustomize-controller', '--no-remote-bases=true');
      for (const { build } of cluster.kustomizations)
        for (const { what, file, line } of build?.notBuilt ?? [])
          if (!isRefused || !what.startsWith('the remote '))
            yield { message: `${what} is not built here`, at: { file, line }, key: what, cluster: cluster.name };
    }
  },
};
