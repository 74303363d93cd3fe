import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { isMap, parseDocument, YAMLMap } from 'yaml';
import type { Model } from '../../src/model/model.ts';
import { readModel } from '../../src/model/read-model.ts';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import type { Run } from '../support/run-main.ts';
import { additions } from './additions.ts';
import { type Dice, diceOf } from './dice.ts';
import { expectAsPredicted } from './expect-as-predicted.ts';
import {
  conflictsBetween,
  forgetAgreed,
  freshEntries,
  type Handwork,
  type Handworks,
  managedFiles,
} from './expected-tree.ts';
import { rewritings, withResource, withScalar } from './hand-edits.ts';
import { type ModelEdit, modelEdits, withModelEdit } from './model-edits.ts';
import { removalStep } from './removal-step.ts';
import { documentsOf, scalarsIn, valueAt, type Way } from './yaml-values.ts';

/** How often each operation was done. */
export type Coverage = Map<string, number>;

/** A repository, and what it must look like by all that was done to it. */
export interface Course {
  repository: MadeRepository;
  dice: Dice;
  /** What the generated files follow. */
  applied: Model;
  /** What flux-repo.yaml says. */
  pending: Model;
  works: Handworks;
  /** Whole files made by hand, and sentences put into others. */
  extras: Map<string, string>;
  remarks: Map<string, string[]>;
  count: number;
  done: string[];
}

const starts: readonly [string[], ...string[][]] = [
  ['--app', 'web', '--component', 'none'],
  ['--app', 'web', '--app', 'api,image=api:1.0', '--component', 'cert-manager', '--component', 'gateway-api'],
  [
    '--app',
    'web',
    '--cluster',
    'eu:production',
    '--cluster',
    'us:production',
    '--secrets',
    'none',
    '--component',
    'none',
  ],
];

/** Makes a repository, works in it at random, and looks after every command whether it is as it must be. */
export async function runSequence(seed: number, coverage: Coverage): Promise<void> {
  const dice = diceOf(seed);
  const repository = await madeRepository(dice.pick(starts));
  const model = modelOf(repository);
  const course: Course = {
    repository,
    dice,
    applied: model,
    pending: model,
    works: new Map(),
    extras: new Map(),
    remarks: new Map(),
    count: 0,
    done: [],
  };
  try {
    for (let steps = 12 + dice.roll(4); steps > 0; ) if (await oneStep(course, coverage)) steps--;
    await applied(course, coverage);
    const { code, out } = await repository.run('diff', '--exit-code');
    expect({ code, out }).toMatchObject({ code: 0 });
  } catch (error) {
    console.error(`seed ${seed}:\n${course.done.join('\n')}`);
    throw error;
  }
}

function modelOf(repository: MadeRepository): Model {
  return structuredClone(readModel({ text: repository.read('flux-repo.yaml'), file: 'flux-repo.yaml' }));
}

/** @returns whether there was something to do it to */
async function oneStep(course: Course, coverage: Coverage): Promise<boolean> {
  const { dice } = course;
  const kind = dice.roll(20);
  if (kind < 4) return modelStep(course, coverage, dice.pick(Object.keys(modelEdits) as [string]));
  if (kind < 7) return additionStep(course, coverage);
  if (kind < 9) return applied(course, coverage);
  if (kind === 9) return committed(course, coverage);
  if (kind > 16) return removed(course, coverage);
  return handStep(course, coverage);
}

function note({ done }: Course, coverage: Coverage, what: string, detail = ''): true {
  coverage.set(what, (coverage.get(what) ?? 0) + 1);
  done.push(`  ${what} ${detail}`);
  return true;
}

function committed(course: Course, coverage: Coverage): true {
  const { git } = course.repository;
  git('-c', 'core.safecrlf=false', 'add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'Work');
  return note(course, coverage, 'git commit');
}

function modelStep(course: Course, coverage: Coverage, name: string): boolean {
  const made = modelEdits[name]?.(course.pending, course.dice);
  if (made === undefined) return false;
  const { repository } = course;
  repository.write('flux-repo.yaml', withValue(repository.read('flux-repo.yaml'), made));
  course.pending = withModelEdit(course.pending, made);
  return note(course, coverage, name, `${made.path.join('.')} = ${made.value}`);
}

function withValue(text: string, { path, value }: ModelEdit): string {
  const document = parseDocument(text);
  for (let length = 1; length < path.length; length++) {
    const above = document.getIn(path.slice(0, length));
    if (!isMap(above)) document.setIn(path.slice(0, length), new YAMLMap());
  }
  document.setIn(path, value);
  return document.toString({ lineWidth: 0 });
}

/** Runs a command that must stop for the conflicts that are predicted, and no others; then decides them. */
async function settled(course: Course, coverage: Coverage, words: readonly string[], after: Model): Promise<Run> {
  const { repository, dice, works } = course;
  const conflicts = conflictsBetween(course.applied, after, works);
  const before = conflicts.length > 0 ? repository.files() : {};
  const run = await repository.run(...words);
  if (conflicts.length === 0) return run;
  expect(run, `should meet conflicts: ${JSON.stringify(conflicts)}`).toMatchObject({ code: 3 });
  expect(repository.files()).toEqual(before);
  const sides: string[] = [];
  for (const path of new Set(conflicts.map((conflict) => conflict.path))) {
    expect(run.err).toContain(path);
    const side = dice.pick(['ours', 'theirs'] as const);
    sides.push(`--${side}`, path);
    note(course, coverage, `conflict: --${side}`, path);
    const work = works.get(path);
    if (work === undefined || side === 'ours') continue;
    const taken = conflictsBetween(course.applied, after, works, true).filter((conflict) => conflict.path === path);
    const lost = taken.map(({ way }) => JSON.stringify(way));
    work.set = work.set.filter(({ way }) => !lost.includes(JSON.stringify(way)));
  }
  return repository.run(...words, ...sides);
}

async function applied(course: Course, coverage: Coverage): Promise<true> {
  note(course, coverage, 'apply');
  const { code, err } = await settled(course, coverage, ['apply', '--yes'], course.pending);
  expect({ code, err }).toMatchObject({ code: 0 });
  course.applied = course.pending;
  forgetAgreed(course.applied, course.works);
  expectAsPredicted(course);
  return true;
}

async function removed(course: Course, coverage: Coverage): Promise<boolean> {
  const done = await removalStep(course, (words, after) => settled(course, coverage, words, after));
  return done !== undefined && note(course, coverage, done.kind, done.detail);
}

async function additionStep(course: Course, coverage: Coverage): Promise<boolean> {
  const { dice, repository } = course;
  const name = dice.pick(Object.keys(additions) as [string]);
  const addition = additions[name]?.(course.applied, course.pending, dice, ++course.count);
  if (addition === undefined) return false;
  note(course, coverage, name, addition.words.join(' '));
  const after = withParts(course.applied, addition.parts);
  const { code, err } = await settled(course, coverage, ['add', ...addition.words, '--yes'], after);
  expect({ code, err }).toMatchObject({ code: 0 });
  const made = modelOf(repository);
  course.applied = withRecipients(after, made);
  course.pending = withRecipients(withParts(course.pending, addition.parts), made);
  forgetAgreed(course.applied, course.works);
  expectAsPredicted(course);
  return true;
}

type Parts = Partial<Pick<Model, 'apps' | 'components' | 'environments' | 'clusters' | 'teams' | 'notifications'>>;

function withParts(model: Model, parts: Parts): Model {
  const copy = structuredClone(model);
  for (const map of ['apps', 'components', 'environments', 'clusters', 'teams', 'notifications'] as const)
    Object.assign(copy[map], parts[map]);
  return copy;
}

/** Keys are made at random. */
function withRecipients(model: Model, from: Model): Model {
  const copy = structuredClone(model);
  for (const [name, cluster] of Object.entries(copy.clusters)) {
    const recipients = from.clusters[name]?.recipients;
    if (recipients !== undefined) cluster.recipients = recipients;
  }
  return copy;
}

function handStep(course: Course, coverage: Coverage): boolean {
  const { dice, works } = course;
  const kind = dice.roll(14);
  if (kind === 0) return remarked(course, coverage);
  const aim = kind > 10 ? aimed(course) : undefined;
  const path = aim?.path ?? pathFor(course, kind === 9);
  if (path === undefined) return false;
  const work = works.get(path) ?? { set: [], resources: [], comments: [], crlf: false, deleted: false };
  if (kind === 1) return deleted(course, coverage, path, work);
  const text = course.repository.read(path).replaceAll('\r\n', '\n');
  const keep = (after: string | undefined, what: string, detail = '') => {
    if (after === undefined) return false;
    course.repository.write(path, work.crlf ? after.replaceAll('\n', '\r\n') : after);
    works.set(path, work);
    return note(course, coverage, `hand: ${what}`, `${path} ${detail}`);
  };
  if (kind === 2) {
    work.crlf = true;
    return keep(text, 'convert to CRLF');
  }
  const fresh = ++course.count;
  const place = { path, text, work, keep };
  if (kind === 3) return addedResource(course, place);
  if (kind < 6 || kind > 10) return changedScalar(course, place, aim?.way);
  const rewriting = kind === 9 ? 'rename-anchor' : dice.pick(Object.keys(rewritings) as [keyof typeof rewritings]);
  const after = rewritings[rewriting](text, dice, fresh);
  if (rewriting === 'comment' && after !== undefined) work.comments.push(`# note ${fresh}.`);
  return keep(after, rewriting);
}

/** Some file that is there; often one that was edited before, as edits meet there. */
function pathFor({ applied, works, dice, repository }: Course, isAnchored: boolean): string | undefined {
  const isIn = (path: string) => path.endsWith('.yaml') && !path.startsWith('.') && !works.get(path)?.deleted;
  const files = [...managedFiles(freshEntries(applied)).keys()].filter(isIn);
  const known = files.filter((path) => works.has(path));
  if (isAnchored) return dice.choose(known.filter((path) => repository.read(path).includes('&mine-')));
  return dice.choose(known.length > 3 && dice.roll(3) > 0 ? known : files);
}

/** A scalar that the next `apply` is about to change. */
function aimed({ applied, pending, works, dice }: Course): { path: string; way: Way } | undefined {
  const [base, next] = [applied, pending].map((model) => managedFiles(freshEntries(model)));
  const changing = [...(base ?? [])].flatMap(([path, { contents }]) => {
    const wanted = next?.get(path)?.contents;
    if (wanted === undefined || wanted === contents || !path.endsWith('.yaml') || works.get(path)?.deleted) return [];
    const after = documentsOf(wanted);
    return scalarsIn(documentsOf(contents)).flatMap(({ way, value }) =>
      valueAt(after, way) === value ? [] : [{ path, way }],
    );
  });
  return dice.choose(changing);
}

interface Place {
  path: string;
  text: string;
  work: Handwork;
  keep: (after: string | undefined, what: string, detail?: string) => boolean;
}

function changedScalar(
  { dice, applied, count }: Course,
  { path, text, work, keep }: Place,
  aim: Way | undefined,
): boolean {
  const all = scalarsIn(documentsOf(text));
  const aimedAt = all.filter(({ way }) => JSON.stringify(way) === JSON.stringify(aim));
  const scalars = aimedAt.length > 0 ? aimedAt : all;
  const often = scalars.filter(({ way }) => /interval|timeout|replicas|image|version|port|_/i.test(String(way.at(-1))));
  const found = dice.choose(dice.roll(3) > 0 && often.length > 0 ? often : scalars);
  if (found === undefined) return false;
  const { way, value } = found;
  const to = typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : otherText(value, count);
  const after = withScalar(text, way, to);
  if (after === undefined) return false;
  work.set = work.set.filter((edit) => JSON.stringify(edit.way) !== JSON.stringify(way));
  const generated = managedFiles(freshEntries(applied)).get(path)?.contents ?? '';
  if (valueAt(documentsOf(generated), way) !== to) work.set.push({ way, value: to });
  return keep(after, 'change a scalar', `${JSON.stringify(way)} = ${to}`);
}

function otherText(value: string, count: number): string {
  return /^\d+[smh]$/.test(value) ? `${100 + count}s` : `${value}-${count}`;
}

function addedResource({ repository, dice, extras, count }: Course, { path, text, work, keep }: Place): boolean {
  if (!path.endsWith('/kustomization.yaml')) return false;
  const entry = `extra-${count}.yaml`;
  const after = withResource(text, dice, entry);
  if (after === undefined) return false;
  const file = join(dirname(path), entry);
  const contents = `# mine\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: extra-${count}}\n`;
  repository.write(file, contents);
  extras.set(file, contents);
  work.resources.push(entry);
  return keep(after, 'add a resource', entry);
}

function deleted(course: Course, coverage: Coverage, path: string, work: Handwork): boolean {
  // Without its list a folder is built of all that is in it: whatever comes to it next is refused, with a test of its own.
  if (path.endsWith('/kustomization.yaml')) return false;
  rmSync(join(course.repository.root, path));
  course.works.set(path, { ...work, deleted: true });
  return note(course, coverage, 'hand: delete a file', path);
}

/** In files that we share with people. */
function remarked(course: Course, coverage: Coverage): boolean {
  const { repository, dice, remarks, count } = course;
  const path = dice.pick(['README.md', 'flux-repo.yaml', '.gitignore', '.sourceignore']);
  if (!existsSync(join(repository.root, path))) return false;
  const remark = path === 'README.md' ? `Remark ${count}.` : `# remark ${count}.`;
  course.count++;
  mkdirSync(dirname(join(repository.root, path)), { recursive: true });
  const text = repository.read(path);
  repository.write(path, dice.roll(2) === 0 ? `${text}\n${remark}\n` : `${remark}\n\n${text}`);
  remarks.set(path, [...(remarks.get(path) ?? []), remark]);
  return note(course, coverage, 'hand: remark beside our block', path);
}
