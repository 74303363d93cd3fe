import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readModel } from '../../src/model/read-model.ts';
import { expectedValues, freshEntries, type Handwork, managedFiles } from './expected-tree.ts';
import type { Course } from './sequence.ts';
import { documentsOf, unordered } from './yaml-values.ts';

/** Compares every file with what generating afresh and doing the handwork again gives. */
export function expectAsPredicted(course: Course): void {
  const { repository, applied, pending, works, extras, remarks } = course;
  const model = readModel({ text: repository.read('flux-repo.yaml'), file: 'flux-repo.yaml' });
  expect(model).toEqual(pending);
  const entries = freshEntries(applied);
  const files = managedFiles(entries);
  for (const [path, { contents }] of files) {
    const work = works.get(path);
    if (work !== undefined) expectHandwork(course, path, contents, work);
    else expect(repository.read(path), path).toBe(contents);
  }
  for (const [path, contents] of extras) expect(repository.read(path), path).toBe(contents);
  for (const [path, texts] of remarks) for (const text of texts) expect(repository.read(path), path).toContain(text);
  for (const entry of entries) if (entry.kind === 'block') expectBlock(repository.read(entry.path), entry);
  const known = new Set([...entries.map(({ path }) => path), ...extras.keys(), 'flux-repo.yaml']);
  const found = Object.keys(repository.files()).filter(
    (path) => !path.startsWith('.flux-repo/') && !path.endsWith('/'),
  );
  expect(found.filter((path) => !known.has(path))).toEqual([]);
}

function expectHandwork({ repository }: Course, path: string, fresh: string, work: Handwork): void {
  expect(existsSync(join(repository.root, path)), `${path} is there`).toBe(!work.deleted);
  if (work.deleted) return;
  const text = repository.read(path);
  expect(unordered(documentsOf(text)), path).toEqual(unordered(expectedValues(fresh, work)));
  for (const comment of work.comments) expect(text, path).toContain(comment);
  if (work.crlf) expect(text.replaceAll('\r\n', ''), `${path} has CRLF`).not.toContain('\n');
}

/** Markers stand around it, and it may be indented. */
function expectBlock(text: string, { path, contents }: { path: string; contents: string }): void {
  const lines = (from: string) => from.split('\n').map((line) => line.trim());
  expect(lines(text).join('\n'), path).toContain(lines(contents).join('\n').trim());
}
