import { usageError } from '../../errors.ts';

/**
 * Refuses words behind the arguments of a verb, and arguments that look like `KEY=VALUE`: probably values. They are not
 * repeated.
 *
 * @param most arguments that the verb takes
 * @param command a right one, for the hint
 * @throws ExpectedError `value-in-arguments` (exit 2)
 */
export function refuseValues(args: readonly string[], most: number, command: string): void {
  const isAssignment = (word: string) => /^[-._a-zA-Z0-9]+=/.test(word);
  if (args.length <= most && !args.some(isAssignment)) return;
  throw usageError('a value cannot be given as an argument', {
    code: 'value-in-arguments',
    why: [
      'Other users of this machine can see the arguments of a program, and the shell keeps them in its history.',
      'If it was a real one: take it out of the history, and consider changing it.',
    ],
    hint: `${command}, or let it ask; a value can also come on stdin`,
  });
}
