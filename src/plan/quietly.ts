import { isSystemError } from '../tree/system-error.ts';

/** For tidying up, when the outcome is decided: what the disk refuses now stays, and the next run takes it away. */
export function quietly(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
