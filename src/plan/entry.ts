import type { RepoPath } from '../tree/repo-path.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';

/** What is added or removed as one. Also the name of its lock file: `.flux-repo/lock/<unit>.json`. */
export type UnitId =
  | 'repository'
  | `${'cluster' | 'environment' | 'component' | 'app' | 'team' | 'notification'}-${string}`;

/**
 * - `managed` follows the model; a hand edit is kept by a three-way comparison.
 * - `seed` is written once, then it is the user's.
 * - `external` belongs to another program (`flux bootstrap` writes the gotk files); we only create it.
 */
export type Ownership = 'managed' | 'seed' | 'external';

/** A whole file. `contents` are final bytes as UTF-8 text: LF, one trailing newline; an empty file has zero bytes. */
export interface FileEntry {
  kind: 'file';
  path: RepoPath;
  contents: string;
  ownership: Ownership;
  executable?: true;
  /** Paths whose values belong to the user once the file exists (versions, replicas, chart values). */
  userPaths?: readonly YamlPath[];
}

/** Our marked region in a file that people also write in. */
export interface BlockEntry {
  kind: 'block';
  path: RepoPath;
  /** Unique in the file; part of the markers. */
  id: string;
  /** The lines between the markers, with one trailing newline. */
  contents: string;
  /** `first` where a file's last match wins (our defaults yield to the user's lines), `last` where the first wins. */
  position: 'first' | 'last';
  comment: CommentStyle;
  /** The contents are items of the list at this path of a YAML file: there they are put, as far indented as it is. */
  within?: YamlPath;
  /** Text around the block when the file does not exist yet, each with one trailing newline when not empty. */
  frame?: { before: string; after: string };
}

/** How the markers are written: `# …`, or `<!-- … -->`. */
export type CommentStyle = 'hash' | 'html';

/**
 * An encrypted file: the model says that it is there, and never what it holds. Only a command that was told values
 * writes it, as `PlanRequest.sealed`.
 */
export interface SealedEntry {
  kind: 'sealed';
  path: RepoPath;
}

/** What a generator knows the contents of. */
export type GeneratedEntry = FileEntry | BlockEntry;

export type Entry = GeneratedEntry | SealedEntry;

export function isGenerated(entry: Entry): entry is GeneratedEntry {
  return entry.kind !== 'sealed';
}

/** The entries of one unit, as its generator wants them. */
export interface UnitEntries {
  unit: UnitId;
  /** The unit's part of the model, as plain JSON; kept in its lock file to regenerate the pristine base later. */
  part: unknown;
  entries: readonly Entry[];
}
