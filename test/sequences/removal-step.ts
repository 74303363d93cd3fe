import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { Model } from '../../src/model/model.ts';
import type { Run } from '../support/run-main.ts';
import { expectAsPredicted } from './expect-as-predicted.ts';
import { forgetAgreed, freshEntries, managedFiles } from './expected-tree.ts';
import { removals } from './removals.ts';
import type { Course } from './sequence.ts';

/**
 * Takes one phase of some unit's removal. What somebody edited of what goes stays, and is theirs from then on.
 * @returns what was done; undefined when there was nothing to remove
 */
export async function removalStep(
  course: Course,
  settled: (words: readonly string[], after: Model) => Promise<Run>,
): Promise<{ kind: string; detail: string } | undefined> {
  const { dice, repository, works, extras } = course;
  const found = dice
    .shuffle(Object.entries(removals))
    .map(([kind, make]) => ({ kind, removal: make(course.applied, dice, (path) => !works.has(path)) }))
    .find(({ removal }) => removal !== undefined);
  if (found?.removal === undefined) return undefined;
  const { kind, removal } = found;
  const { words, change } = removal;
  const [after, pending] = [structuredClone(course.applied), structuredClone(course.pending)];
  for (const model of [after, pending]) change(model);
  const stay = standing(course, after);
  // What somebody wrote at the entry of what goes is in conflict, or goes with it: tests of their own.
  if ([...works.keys()].some((path) => /\/overlays\/[^/]+\/(namespaces|kustomization)\.yaml$/.test(path)))
    return undefined;
  course.done.push(`  (${kind} ${words.join(' ')})`);
  const isPhased = words[0] !== 'cluster' && words[0] !== 'environment';
  const vouched = isPhased ? Object.keys(course.applied.clusters) : [];
  const confirm = [words[1] ?? '', ...vouched].flatMap((name) => ['--confirm', name]);
  const { code, err } = await settled(['remove', ...words, ...confirm, '--yes'], after);
  expect({ code, err }).toMatchObject({ code: 0 });
  Object.assign(course, { applied: after, pending });
  for (const [path, text] of stay) {
    expect(existsSync(join(repository.root, path)), `${path} stays`).toBe(text !== undefined);
    if (text !== undefined) extras.set(path, withoutGone(course, path, text));
    works.delete(path);
  }
  forgetAgreed(course.applied, course.works);
  expectAsPredicted(course);
  return { kind, detail: words.join(' ') };
}

/** The text that stays; a list of a folder names nothing any more of what was generated and has gone. */
function withoutGone({ repository }: Course, path: string, text: string): string {
  if (!path.endsWith('/kustomization.yaml')) return text;
  const stays = (name: unknown) => {
    const target = join(repository.root, posix.dirname(path), String(name));
    return existsSync(/\.ya?ml$/.test(target) ? target : join(target, 'kustomization.yaml'));
  };
  const { resources, ...others }: { resources?: unknown[] } = parse(text);
  const wanted = { ...others, ...(resources && { resources: resources.filter(stays) }) };
  expect(parse(repository.read(path)), path).toEqual(wanted);
  return repository.read(path);
}

/** Edited files that will not be generated any more, with their text as far as that is not what was generated. */
function standing({ repository, applied, works }: Course, after: Model): Map<string, string | undefined> {
  const [before, next] = [applied, after].map((model) => managedFiles(freshEntries(model)));
  const leaving = [...works].filter(([path]) => !next?.has(path));
  return new Map(
    leaving.map(([path, { deleted }]) => {
      const text = deleted ? undefined : repository.read(path);
      return [path, text?.replaceAll('\r\n', '\n') === before?.get(path)?.contents ? undefined : text];
    }),
  );
}
