import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MadeRepository } from '../support/made-repository.ts';
import type { FakeForge } from './fake-forge.ts';

/**
 * An `ssh` first in PATH that lets in who has one of the forge's deploy keys, and then runs git's own program: git and the
 * keys are real, the network is not.
 *
 * @param says instead, a failure in ssh's words
 */
export function fakeSsh(forge: FakeForge, { system }: MadeRepository, says?: string): void {
  const bin = join(system.home, 'bin');
  mkdirSync(bin, { recursive: true });
  const allowed = join(bin, 'allowed');
  const note = () => {
    const keys = [...forge.repositories.values()].flatMap((repository) => repository.keys);
    writeFileSync(allowed, keys.map(({ key }) => `${key}\n`).join(''));
  };
  forge.before = () => {
    note();
    return undefined;
  };
  forge.after = () => {
    note();
    return false;
  };
  const script = `#!/bin/sh
${says === undefined ? '' : `echo '${says}' >&2; exit 255`}
while [ $# -gt 0 ]; do
  case "$1" in
    -i) identity=$2; shift ;;
    -o) case "$2" in UserKnownHostsFile=*) hosts=$2 ;; esac; shift ;;
  esac
  command=$1; shift
done
[ -n "$hosts" ] || exit 1
key=$(ssh-keygen -y -f "$identity" | cut -d' ' -f2)
grep -q " $key" ${allowed} || { echo 'git@127.0.0.1: Permission denied (publickey).' >&2; exit 255; }
cd ${forge.root} && eval "$(echo "$command" | sed "s#'/#'./#")"
`;
  writeFileSync(join(bin, 'ssh'), script, { mode: 0o755 });
  system.env = { ...system.env, PATH: `${bin}:${system.env.PATH}` };
}
