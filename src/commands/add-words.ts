import { isDeepStrictEqual } from 'node:util';
import { type Addable, firstOf, type SaidOfUnit } from '../wizard/addition.ts';

/** The command that gives these answers: words after the program's name, without `--yes`. */
export function addWords({ noun, questions, file }: Addable, said: SaidOfUnit): string[] {
  const isInFile = (id: string) => file !== undefined && isDeepStrictEqual(file.said[id], said[id]);
  const flags = questions.flatMap(({ id, flag }) =>
    flag === undefined || isInFile(id) ? [] : (said[id] ?? []).flatMap((text) => [flag.split(' ')[0] ?? '', text]),
  );
  const name = isInFile('name') ? [] : [firstOf(said, 'name') ?? ''];
  return ['add', noun, ...name, ...flags, ...(file === undefined ? [] : ['--config', file.path])];
}
