import type { RemoveOptions } from '../../cli/remove-command.ts';
import { usageError } from '../../errors.ts';
import { dependentsOf } from '../../model/dependents.ts';
import type { Model } from '../../model/model.ts';
import { inOrder } from '../../model/units.ts';
import { nearest } from '../../nearest.ts';
import { addables } from '../../wizard/addables.ts';
import type { Noun } from '../../wizard/addition.ts';
import { removables } from '../../wizard/removables.ts';
import { lastApplied } from '../last-applied.ts';
import type { OpenRepository } from '../open-repository.ts';
import { placeInModel } from '../place-in-model.ts';
import { command, listed } from '../secrets/rotation-words.ts';
import type { Phase, Removal } from './removal.ts';
import { removals } from './removals.ts';

/** A unit that is to go, and how far it is. */
export interface RemovalSubject {
  noun: Noun;
  name: string;
  removal: Removal;
  /** As applied last, with the unit as the model's file or the last run has it. */
  model: Model;
  applied: Model;
  /** All that come before the unit itself goes. */
  phases: readonly Phase[];
  /** Of `phases`: what was taken out last; undefined when nothing was. */
  current: Phase | undefined;
  /** What is taken out now; undefined when the unit itself goes. */
  next: Phase | undefined;
  crds: boolean;
  /** The command again: words after the program's name, with the name twice where that is needed. */
  words: readonly string[];
}

/**
 * Finds what is to be removed.
 * @throws ExpectedError (exit 2) for a unit that is not there, is depended on, or is the last cluster
 */
export function removalSubject(
  repository: OpenRepository,
  { noun, name, crds: wantsCrds }: Pick<RemoveOptions, 'noun' | 'crds'> & { name: string },
): RemovalSubject {
  const { map } = addables[noun];
  const applied = lastApplied(repository);
  const inFile = repository.model;
  const isApplied = Object.hasOwn(applied[map], name);
  if (!isApplied && !Object.hasOwn(inFile[map], name)) throw unknownUnit(noun, name, inFile);
  const model = isApplied ? applied : inFile;
  for (const each of [inFile, model]) refuseNeeded(each, noun, name, repository.text);
  const removing = removingOf(model, noun, name);
  const crds = removing === undefined ? wantsCrds : removing.crds === true;
  if (removing !== undefined && wantsCrds && !crds) throw tooLateForCrds(noun, name);
  const removal = removals[noun];
  const phases = removal.phases(model, name, crds);
  const current = phases.find(({ phase }) => phase === removing?.phase);
  const next = phases[current === undefined ? 0 : phases.indexOf(current) + 1];
  const twice = removables[noun].needsConfirmation ? ['--confirm', name] : [];
  const words = ['remove', noun, name, ...(crds ? ['--crds'] : []), ...twice];
  return { noun, name, removal, model, applied, phases, current, next, crds, words };
}

function removingOf(
  { apps, components, teams }: Model,
  noun: Noun,
  name: string,
): { phase: Phase['phase']; crds?: boolean | undefined } | undefined {
  if (noun === 'app') return apps[name]?.removing;
  if (noun === 'component') return components[name]?.removing;
  return noun === 'team' ? teams[name]?.removing : undefined;
}

/** @param text of the model's file, for positions */
function refuseNeeded(model: Model, noun: Noun, name: string, text: string): void {
  const what = `cannot remove ${noun} ${name}`;
  const dependents = dependentsOf(model, noun, name);
  if (dependents.length > 0)
    throw usageError(`${what}: it is needed`, {
      code: 'in-use',
      why: dependents.map(({ path, what: says }) => `${placeInModel(text, path)} ${says}.`),
      hint: hintFor(model, noun, name),
    });
  if (noun === 'cluster' && Object.keys(model.clusters).every((other) => other === name))
    throw usageError(`${what}: it is the last one`, {
      code: 'last-cluster',
      why: [`${placeInModel(text, ['clusters', name])} has no other, and a repository needs at least one.`],
      hint: `first add another one: ${command('add', 'cluster', 'NAME')}; or delete the repository itself`,
    });
}

function hintFor(model: Model, noun: Noun, name: string): string {
  const [cluster] = inOrder(model.clusters).filter(([, { environment }]) => environment === name);
  return noun === 'environment' && cluster !== undefined
    ? command('remove', 'cluster', cluster[0], '--confirm', cluster[0])
    : 'change these in flux-repo.yaml and run apply, or remove them first';
}

function unknownUnit(noun: Noun, name: string, model: Model) {
  const known = inOrder<unknown>(model[addables[noun].map]).map(([each]) => each);
  const meant = nearest(name, known);
  return usageError(`there is no ${noun} ${name}`, {
    code: 'unknown-unit',
    why: [known.length === 0 ? `flux-repo.yaml has no ${noun}.` : `flux-repo.yaml knows ${listed(known)}.`],
    ...(meant !== undefined && { hint: `did you mean: ${command('remove', noun, meant)}` }),
  });
}

function tooLateForCrds(noun: Noun, name: string) {
  return usageError(`--crds comes too late for ${noun} ${name}`, {
    code: 'crds-too-late',
    why: ['Its removal has begun without. Flux is to be told before the first phase is reconciled.'],
    hint: `take "removing" of ${name} out of flux-repo.yaml, run apply, and begin again`,
  });
}
