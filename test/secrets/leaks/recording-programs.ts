import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Programs that write down how they are called: arguments, environment, standard input, and the temporary files there are. */
export interface RecordingPrograms {
  /** Goes first in PATH. */
  folder: string;
  /** What was written down. */
  records: string;
  /**
   * @param script for `sh`
   * @param options.takesInput its standard input is written down and given on; not where that is a terminal
   * @returns its path
   */
  add(name: string, script: string, options?: { takesInput: boolean }): string;
}

/** @param temporary copied at every call: what lies there only while a program runs is seen too */
export function recordingPrograms(base: string, temporary: string): RecordingPrograms {
  const [folder, records] = [join(base, 'programs'), join(base, 'records')];
  mkdirSync(folder);
  mkdirSync(records);
  const add: RecordingPrograms['add'] = (name, script, { takesInput } = { takesInput: true }) => {
    const path = join(folder, name);
    const lines = [
      '#!/bin/sh',
      `record=$(/usr/bin/env mktemp -d '${records}/${name}.XXXXXX')`,
      `printf '%s\\n' "$0" "$@" > "$record/arguments"`,
      'env > "$record/environment"',
      `cp -R '${temporary}' "$record/temporary"`,
      ...(takesInput ? ['cat > "$record/input"', 'exec < "$record/input"'] : []),
      script,
    ];
    writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o755 });
    return path;
  };
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  add('git', `exec '${git}' "$@"`);
  return { folder, records, add };
}
