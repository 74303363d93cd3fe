import { readRepository } from '../../check/read-repository.ts';
import type { Io } from '../../cli/io.ts';
import { ExpectedError } from '../../errors.ts';
import { listFiles } from '../../git/list-files.ts';
import type { Problem } from '../../problem.ts';
import type { OpenRepository } from '../open-repository.ts';
import { command } from '../secrets/rotation-words.ts';
import { type ComponentUser, componentUsers } from './component-users.ts';
import type { RemovalSubject } from './removal-subject.ts';

/**
 * Refuses to take away a component that something uses. What we generate changes with it, so a person who accepts that says
 * the name again; what people wrote would break, and is theirs to change first.
 *
 * @param confirmed names that were said
 * @throws ExpectedError `in-use`: exit 3 where a confirmation is enough, else 2
 */
export async function refuseUsed(
  io: Io,
  { root, tree, locks }: OpenRepository,
  { noun, name, model, words }: RemovalSubject,
  confirmed: readonly string[],
): Promise<void> {
  // what the cluster provides is there without us
  if (noun !== 'component' || model.components[name]?.provided === true) return;
  const files = await listFiles(root, { env: io.env, signal: io.signal });
  const users = componentUsers(await readRepository(tree, files), model, name);
  const generated = new Set([...locks.values()].flatMap((lock) => Object.keys(lock.files)));
  const theirs = users.filter(({ place }) => !generated.has(place.file));
  const isConfirmed = confirmed.includes(name);
  const told = isConfirmed ? theirs : users;
  if (told.length === 0) return;
  const isOurs = theirs.length === 0;
  throw new ExpectedError({
    code: 'in-use',
    exitCode: isOurs ? 3 : 2,
    message: `cannot remove component ${name}: it is used`,
    why: ['Nothing was written.'],
    problems: told.map(problemOf),
    hint: isOurs
      ? `change these first; or let what is generated of them change with it: ${command(...words, '--confirm', name)}`
      : 'change or remove what is yours of these first',
  });
}

function problemOf({ object, does, place }: ComponentUser): Problem {
  return { rule: 'remove/in-use', severity: 'error', message: `${object} ${does}`, object, ...place };
}
