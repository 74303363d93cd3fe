import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import type { SideName } from '../git/unmerged-paths.ts';
import { looksEncrypted } from '../secrets/scan/look-into-sealed.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { isPlainMap } from '../yaml/value-kinds.ts';
import { openYaml } from '../yaml/yaml-file.ts';

/** An encrypted file that both branches changed: one MAC is over all of it, so that no mixture of two versions opens. */
export interface SealedConflict {
  path: RepoPath;
  /** Names of the values that each branch changed. */
  changed: Readonly<Record<'ours' | 'theirs', readonly string[]>>;
}

/** @param texts of the branches; @returns undefined where neither is encrypted with SOPS */
export function sealedConflict(
  path: RepoPath,
  texts: Readonly<Record<SideName, string | undefined>>,
): SealedConflict | undefined {
  if (![texts.ours, texts.theirs].some((text) => text !== undefined && looksEncrypted(text))) return undefined;
  const values = (side: SideName) => valuesIn(texts[side]);
  const base = values('base');
  const changedIn = (side: 'ours' | 'theirs') => {
    const own = values(side);
    return [...new Set([...base.keys(), ...own.keys()])].filter((key) => base.get(key) !== own.get(key)).sort();
  };
  return { path, changed: { ours: changedIn('ours'), theirs: changedIn('theirs') } };
}

/** Ciphertext by the name of its key, of a Secret `data` and `stringData` together; none where it cannot be read. */
function valuesIn(text: string | undefined): Map<string, unknown> {
  if (text === undefined) return new Map();
  try {
    const documents = openYaml(text).documents.map((document) => document.value());
    return new Map(
      documents.flatMap((document) =>
        isPlainMap(document)
          ? [document.data, document.stringData].flatMap((map) => (isPlainMap(map) ? Object.entries(map) : []))
          : [],
      ),
    );
  } catch (error) {
    if (error instanceof ExpectedError) return new Map();
    throw error;
  }
}

/**
 * What a person can do about them: take a side, and give the values of the other once more.
 * @param words of the command, to be run again with a side
 * @param there words that lead to the repository
 */
export function sealedConflictLines(
  { path, changed }: SealedConflict,
  words: readonly string[],
  there: readonly string[],
): string[] {
  const again = (side: 'ours' | 'theirs') => {
    const other = side === 'ours' ? 'theirs' : 'ours';
    const set = changed[other].map((key) => `${npx} ${shellCommand([...there, 'secrets', 'set', path, key])}`);
    return [
      `  take ${side}: ${npx} ${shellCommand([...words, `--${side}`, path])}`,
      ...(set.length === 0 ? [] : [`  then give again what ${other} changed:`]),
      ...set.map((command) => `    ${command}`),
    ];
  };
  return [
    `${path} is encrypted and was changed on both branches: no line of it can be merged, and no hand can do it.`,
    ...again('ours'),
    ...again('theirs'),
  ];
}
