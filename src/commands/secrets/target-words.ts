import type { FileTarget } from '../../cli/secrets/file-arguments.ts';
import { ownerKinds } from '../../wizard/secret-owner.ts';

/** The flags that say which Secret is meant, as they were given: a command in a hint must mean the same one. */
export function targetWords(target: FileTarget): string[] {
  return [...ownerKinds, 'environment' as const].flatMap((flag) => {
    const name = target[flag];
    return name === undefined ? [] : [`--${flag}`, name];
  });
}
