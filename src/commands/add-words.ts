import { type Addable, firstOf, type SaidOfUnit } from '../wizard/addition.ts';

/** The command that gives these answers: words after the program's name, without `--yes`. */
export function addWords({ noun, questions }: Addable, said: SaidOfUnit): string[] {
  const flags = questions.flatMap(({ id, flag }) =>
    flag === undefined ? [] : (said[id] ?? []).flatMap((text) => [flag.split(' ')[0] ?? '', text]),
  );
  return ['add', noun, firstOf(said, 'name') ?? '', ...flags];
}
