import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ExpectedError } from '../errors.ts';
import type { Problem } from '../problem.ts';
import { recipientOf } from './age-identity.ts';
import { parseSharedKeys, readKeyFile } from './key-file.ts';
import type { KeysPlace } from './keys-dir.ts';
import { type KeysOwner, repositoryKeys } from './keys-folder.ts';
import type { Secret } from './secret.ts';
import { sopsKeysFile } from './sops-keys-file.ts';

/** A private key that is at hand. */
export interface FoundIdentity {
  secret: Secret;
  /** Its public half, `age1…`. */
  recipient: string;
  /** Where it was found, for a sentence: `cluster-eu.agekey`, `SOPS_AGE_KEY_FILE`, `SOPS_AGE_KEY`, `keys.txt of SOPS`. */
  source: string;
  /** Every place that has it, `source` first. */
  sources: readonly string[];
}

/** Every private key that is at hand, each once, in the order in which they were looked for. */
export interface FoundIdentities {
  identities: FoundIdentity[];
  /** What could not be used, and files that others may read. Where no key opens a file, these say why. */
  warnings: Problem[];
}

/** A place that may hold keys: a file, or a text. */
interface KeySource {
  source: string;
  read(): Promise<{ identities: Secret[]; warnings: Problem[] }>;
}

/**
 * Collects the private keys of a person: the repository's keys folder (every `*.agekey`), then what SOPS would use:
 * `SOPS_AGE_KEY_FILE`, `SOPS_AGE_KEY` and its own `keys.txt`. Reads only: the folder may be missing or read-only. What
 * cannot be read or used is a warning, since another key may do; a place that nobody named and that is not there is nothing.
 *
 * @throws ExpectedError (exit 2) for an empty `--keys-dir`
 */
export async function findIdentities(
  place: KeysPlace,
  owner: Pick<KeysOwner, 'repository' | 'id'>,
): Promise<FoundIdentities> {
  const folder = await keysIn(repositoryKeys(place, owner), place.flag !== undefined);
  const found = await Promise.all([...folder.sources, ...sopsSources(place)].map(attempt));
  const identities = new Map<string, FoundIdentity>();
  for (const identity of found.flatMap((each) => each.identities)) {
    const known = identities.get(identity.recipient);
    const { recipient, sources } = identity;
    identities.set(recipient, known === undefined ? identity : { ...known, sources: [...known.sources, ...sources] });
  }
  return {
    identities: [...identities.values()],
    warnings: distinct([...folder.warnings, ...found.flatMap(({ warnings }) => warnings)]),
  };
}

async function keysIn(folder: string, isNamed: boolean): Promise<{ sources: KeySource[]; warnings: Problem[] }> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.agekey')).sort();
    return {
      sources: names.map((name) => ({ source: name, read: () => readKeyFile(join(folder, name)) })),
      warnings: [],
    };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT' && !isNamed) return { sources: [], warnings: [] };
    const reason = error.code === 'ENOENT' ? 'is not there' : `cannot be read: the system says ${error.code}`;
    const message = `the folder with this repository's keys ${reason}`;
    const hint = `Name the folder above it: --keys-dir DIR (or FLUX_REPO_KEYS_DIR); looked at ${folder}`;
    return { sources: [], warnings: [warning(message, hint)] };
  }
}

function sopsSources(place: KeysPlace): KeySource[] {
  const { SOPS_AGE_KEY_FILE: file, SOPS_AGE_KEY: text } = place.env;
  const own = sopsKeysFile(place);
  return [
    ...(file ? [{ source: 'SOPS_AGE_KEY_FILE', read: () => readKeyFile(resolve(place.cwd, file)) }] : []),
    ...(text ? [{ source: 'SOPS_AGE_KEY', read: async () => parseSharedKeys(text, 'SOPS_AGE_KEY') }] : []),
    { source: 'keys.txt of SOPS', read: () => unlessMissing(() => readKeyFile(own)) },
  ];
}

async function attempt({ source, read }: KeySource): Promise<FoundIdentities> {
  try {
    const { identities, warnings } = await read();
    const found = identities.map(async (secret) => ({
      secret,
      recipient: await recipientOf(secret),
      source,
      sources: [source],
    }));
    return { identities: await Promise.all(found), warnings };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const message = error.message.includes(source) ? error.message : `${error.message} (${source})`;
    return { identities: [], warnings: [warning(message, error.hint)] };
  }
}

async function unlessMissing(read: KeySource['read']): Promise<{ identities: Secret[]; warnings: Problem[] }> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'key-missing') return { identities: [], warnings: [] };
    throw error;
  }
}

function warning(message: string, hint: string | undefined): Problem {
  return { rule: 'keys/unusable', severity: 'warning', message, ...(hint !== undefined && { hint }) };
}

/** One file may be named twice, by the folder it is in and by a variable. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
