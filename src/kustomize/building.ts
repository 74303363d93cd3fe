import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { BuildFailure, type Place } from './build-failure.ts';
import type { KustomizationFile } from './loading/kustomization-file.ts';
import { lineOf } from './loading/line-of.ts';
import { kindAt, readText } from './loading/read-text.ts';

/** A part that this build leaves out, because it needs a network, a program or a cluster. */
export interface NotBuilt {
  /** In words: `the remote base https://…`. */
  what: string;
  file: RepoPath;
  /** 1-based. */
  line: number;
}

/** One build while it runs. */
export interface Building {
  readonly tree: Tree;
  /** Whether files may lie outside the folder of the kustomization that names them, as Flux allows. */
  readonly anyFile: boolean;
  readonly problems: Problem[];
  readonly notBuilt: NotBuilt[];
  /** Kustomizations read, by folder. */
  readonly known: Map<RepoPath, KustomizationFile>;
  /** Objects read and folders entered so far: a bound for bases that multiply. */
  steps: number;
}

export function leaveOut(building: Building, what: string, place: Place): void {
  building.notBuilt.push({ what, file: place.file, line: lineAt(building, place) });
}

export function report(building: Building, failure: BuildFailure, severity: Problem['severity'] = 'error'): void {
  // Every folder on the way up would say it again.
  if (failure.rule === 'too-large' && building.problems.some(({ rule }) => rule === 'kustomize/too-large')) return;
  const { rule, message, hint, place } = failure;
  const problem = { rule: `kustomize/${rule}`, severity, message, hint };
  building.problems.push(place === undefined ? problem : placed(problem, building, place));
}

/** The line is looked up when it is read: of a thousand clusters that wait for bootstrap nobody asks. */
function placed(problem: Problem, building: Building, place: Place): Problem {
  let line: number | undefined;
  return {
    ...problem,
    file: place.file,
    get line() {
      line ??= lineAt(building, place);
      return line;
    },
  };
}

/** Runs a part of the build; what makes it fail becomes a problem, and the build goes on without it. */
export function attempt(building: Building, place: Place, part: () => void): void {
  try {
    part();
  } catch (error) {
    if (error instanceof RangeError) {
      report(building, new BuildFailure('too-deep', 'this is nested too deep', 'Make it flatter.', place));
      return;
    }
    if (!(error instanceof BuildFailure)) throw error;
    report(building, error.place ? error : new BuildFailure(error.rule, error.message, error.hint, place));
  }
}

/** 1-based. Reads the file again, so only for what somebody is told. The owner of a build may be a file that is not there. */
export function lineAt(building: Building, place: Place): number {
  if (place.line !== undefined) return place.line;
  if (place.path === undefined || kindAt(building.tree, place.file) !== 'file') return 1;
  return lineOf(readText(building.tree, place.file), place.document ?? 0, place.path);
}
