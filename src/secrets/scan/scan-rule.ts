import type { FileState } from '../../git/file-states.ts';
import type { Problem } from '../../problem.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import type { SopsConfig } from '../sops-config/sops-config.ts';
import type { ScannedFile } from './scanned-file.ts';

/** One idea of what must not be in a repository, found without any key. */
export interface ScanRule {
  id: `secrets/${string}`;
  /** An error fails the scan. */
  severity: 'error' | 'warning';
  /** What goes wrong when nobody corrects it, in one sentence. */
  why: string;
  /** What it finds in one file; nothing it gives may hold a value. */
  find(file: ScannedFile, scan: ScanContext): Iterable<Finding>;
}

/** One place where something is wrong. */
export interface Finding {
  place: Place;
  /** A sentence without a full stop that names keys, never values. */
  message: string;
  /** What to do, a step each: the exact commands where there are some. */
  fix: readonly string[];
  /** The line as it may be shown, its value replaced. */
  shown?: string | undefined;
  /** `Kind/namespace/name`. */
  object?: string | undefined;
}

/** From 1; the column in UTF-16 code units. */
export type Place = Required<Pick<Problem, 'line' | 'column'>>;

/** What the rules know besides the file they look at. */
export interface ScanContext {
  /** The `.sops.yaml` that is for a file: the nearest above it. `faulty` is one that cannot be read. */
  configFor(path: RepoPath): PlacedConfig | 'faulty' | undefined;
  /** Text of another file of the repository; undefined when there is none, or it is no text. */
  read(path: RepoPath): string | undefined;
  write: CommandWriter;
}

/** A `.sops.yaml` and where it stands: its rules are for paths from there. */
export interface PlacedConfig {
  folder: RepoPath;
  config: SopsConfig;
}

/** How commands are written where they can be copied from, quoted for a shell. */
export interface CommandWriter {
  /** One of ours: `npx create-flux-repo@… secrets …`. */
  tool(...words: readonly string[]): string;
  /** Another program. */
  shell(...words: readonly string[]): string;
  /** How far git knows a file: commands differ. Everything is `untracked` without git. */
  stateOf(path: RepoPath): FileState;
}

/** What stands in the place of a value. */
export const hidden = '********';
