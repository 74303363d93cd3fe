import type { Sides } from './sides.ts';

/** What a person said to a command besides its own answers. */
export interface SaidBesides {
  directory: string | undefined;
  commit?: boolean;
  pullRequest?: boolean;
  keysDirectory?: string | undefined;
  caFile?: string | undefined;
  sides?: Sides | undefined;
}

/**
 * The words of a command to be run again, with what was said besides: nobody who copies it does something else than they
 * asked for.
 * @param words after the program's name, with all answers; `--yes` is for whoever prints them
 */
export function againWords(
  words: readonly string[],
  { directory, commit, pullRequest, keysDirectory, caFile, sides }: SaidBesides,
): string[] {
  return [
    ...(directory === undefined ? [] : ['-C', directory]),
    ...words,
    ...(keysDirectory === undefined ? [] : ['--keys-dir', keysDirectory]),
    ...(caFile === undefined ? [] : ['--ca-file', caFile]),
    ...(sides === undefined ? [] : [...sideWords('--ours', sides.ours), ...sideWords('--theirs', sides.theirs)]),
    ...(commit && !pullRequest ? ['--commit'] : []),
    ...(pullRequest ? ['--pull-request'] : []),
  ];
}

/** The words with flags that they do not have yet. */
export function withFlags(words: readonly string[], ...flags: readonly string[]): string[] {
  return [...words, ...flags.filter((flag) => !words.includes(flag))];
}

function sideWords(flag: string, side: Sides['ours']): string[] {
  return side === 'all' ? [flag] : side.flatMap((path) => [flag, path]);
}
