import { npx } from '../cli/program.ts';
import { ExpectedError } from '../errors.ts';
import { modelPath } from './target-folder.ts';

/** @throws ExpectedError (exit 2) for a model with the markers of a merge that git could not finish: git-merge(1) */
export function refuseMarkers(text: string): void {
  if (holdsMarkers(text)) throw unmerged(modelPath);
}

/** What git leaves in a text file that it could not merge. */
export function holdsMarkers(text: string): boolean {
  return /^<{7}(?: |\r?$)/m.test(text) && /^>{7}(?: |\r?$)/m.test(text);
}

/** Reads our bookkeeping. @throws ExpectedError as `refuseMarkers`, and as what is done */
export function withoutMarkers<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'unmerged-lock') throw unmerged('.flux-repo', error);
    throw error;
  }
}

function unmerged(path: string, cause?: unknown): ExpectedError {
  return new ExpectedError({
    code: 'unmerged',
    exitCode: 2,
    message: `${path} holds the markers of a git merge conflict`,
    why: ['Two branches changed it, and git could not put them together. Nothing was written.'],
    hint: `${npx} resolve`,
    cause,
  });
}
