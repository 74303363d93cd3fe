import { version } from '../../src/cli/program.ts';
import { generateUnits } from '../../src/generators/generate-units.ts';
import type { Model } from '../../src/model/model.ts';
import type { Entry, FileEntry } from '../../src/plan/entry.ts';
import { type Documents, documentsOf, setAt, valueAt, type Way } from './yaml-values.ts';

/** What was done by hand to a file, at the level of values; and what must be found in it again. */
export interface Handwork {
  /** Scalars that were given another value. */
  set: { way: Way; value: string | number | boolean }[];
  /** Entries added to `resources`. */
  resources: string[];
  comments: string[];
  crlf: boolean;
  deleted: boolean;
}

export type Handworks = Map<string, Handwork>;

export function freshEntries(model: Model): Entry[] {
  return generateUnits(model, { toolVersion: version }).flatMap(({ entries }) => entries);
}

export function managedFiles(entries: readonly Entry[]): Map<string, FileEntry> {
  const files = entries.filter((entry) => entry.kind === 'file' && entry.ownership === 'managed') as FileEntry[];
  return new Map(files.map((entry) => [entry.path, entry]));
}

/** A freshly generated file with the handwork done to it again. */
export function expectedValues(fresh: string, work: Handwork): Documents {
  const documents = structuredClone(documentsOf(fresh));
  for (const { way, value } of work.set) setAt(documents, way, value);
  const [only] = Object.values(documents) as { resources: string[] }[];
  if (work.resources.length > 0) only?.resources.push(...work.resources);
  return documents;
}

/**
 * Scalars that a hand and the model changed differently since the last time, in files that nobody deleted.
 * @param isNamed whether the files are named with `--theirs`: then what belongs to people goes as well
 */
export function conflictsBetween(
  before: Model,
  after: Model,
  works: Handworks,
  isNamed = false,
): { path: string; way: Way }[] {
  const [base, next] = [before, after].map((model) => managedFiles(freshEntries(model)));
  return [...works].flatMap(([path, { set, deleted }]) => {
    const [was, wanted] = [base?.get(path), next?.get(path)];
    if (was === undefined || wanted === undefined || deleted || was.contents === wanted.contents) return [];
    const [old, now] = [documentsOf(was.contents), documentsOf(wanted.contents)];
    return set.flatMap(({ way, value }) => {
      const [from, to] = [valueAt(old, way), valueAt(now, way)];
      return from === to || to === value || (!isNamed && belongsToUsers(wanted, now, way)) ? [] : [{ path, way }];
    });
  });
}

/** Whether the templates leave the value there to people. */
function belongsToUsers({ userPaths = [] }: FileEntry, documents: Documents, way: Way): boolean {
  const steps = way.map((step, at): string | number => {
    if (typeof step === 'string') return step;
    const list = valueAt(documents, way.slice(0, at)) as { name: string }[];
    return list.findIndex(({ name }) => name === step.name);
  });
  return userPaths.some((users) => users.every((step, at) => String(step) === String(steps[at + 1])));
}

/** What both sides agree on is nobody's edit any longer. */
export function forgetAgreed(model: Model, works: Handworks): void {
  const files = managedFiles(freshEntries(model));
  for (const [path, work] of works) {
    const entry = files.get(path);
    if (entry === undefined || work.set.length === 0) continue;
    const documents = documentsOf(entry.contents);
    work.set = work.set.filter(({ way, value }) => valueAt(documents, way) !== value);
  }
}
