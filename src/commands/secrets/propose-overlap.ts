import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Io } from '../../cli/io.ts';
import { ExpectedError } from '../../errors.ts';
import type { ModelEdit } from '../../model/edit-model.ts';
import { generateKeys, type NamedKey } from '../../secrets/generate-keys.ts';
import { type OwnedKey, retiredKeyFileName } from '../../secrets/key-name.ts';
import { keysFolder } from '../../secrets/keys-folder.ts';
import { filesLeftBehind } from '../../secrets/rotation/rotation-stage.ts';
import type { Proposal } from '../proposal.ts';
import { type PlannedReaders, planReaders } from './propose-readers.ts';
import { readersProposal, shortList } from './readers-proposal.ts';
import { refuseLosingReaders } from './refuse-losing-readers.ts';
import type { Stage } from './rotate.ts';
import type { StagedKey } from './rotation-signs.ts';
import { clustersWith, command, listed, overlapSteps, rotateWords, shownKey } from './rotation-words.ts';

/** A key that is to be replaced, and by which. */
interface Successor {
  key: OwnedKey;
  old: readonly string[];
  recipient: string;
}

/**
 * The first stage: everything is encrypted for the new keys as well. New keys are made where there is none; what a killed
 * run or a merge left undone is completed.
 *
 * @throws ExpectedError `rotated-today`, `left-behind`; as `planReaders`
 */
export async function proposeOverlap(io: Io, stage: Stage): Promise<Proposal> {
  const { repository, keys, options, contexts } = stage;
  const { model } = repository;
  const owner = { repository: model.repository.name, id: model.id, target: repository.root };
  const folder = await keysFolder({ ...io, flag: options.keysDirectory }, owner);
  await refuseRotatedToday(folder, stage);
  const made = await generateKeys(keys.filter(isToMake).map(({ key }) => ({ ...key, isNext: true as const })));
  const successors = keys.map((staged) => successorOf(staged, made));
  const planned = await planReaders(io, repository, {
    edits: keys.flatMap((staged, index) => (staged.stage === 'idle' ? [editFor(staged, successors[index])] : [])),
    readers: { add: successors.map(({ recipient }) => recipient) },
    newDataKeys: false,
    sides: options.sides,
    keysDirectory: options.keysDirectory,
  });
  // Better told now than when everybody has done their part.
  refuseLosingReaders(planned.changes, true);
  const left = leftBehind(planned, successors);
  if (left.length > 0 && planned.changes.length === 0 && made.length === 0) throw stuck(left);
  const names = listed(keys.map(({ key }) => shownKey(key)));
  const notes =
    left.length === 0
      ? []
      : [
          `${shortList(left)}: no rule in .sops.yaml names the new key there. Add it beside the old one, then run this again.`,
        ];
  return {
    ...readersProposal(repository, planned, {
      title: `Begin to rotate the ${keys.length === 1 ? 'key' : 'keys'} of ${names}`,
      done: `Stage 1: everything opens with the old and the new ${keys.length === 1 ? 'key' : 'keys'} of ${names}`,
      notes,
      nextSteps: overlapSteps(options.scope, clustersWith(keys), contexts),
      words: rotateWords(options.scope),
    }),
    keys: made,
    keysFolder: made.length > 0 ? folder : undefined,
  };
}

function isToMake({ stage, next }: StagedKey): boolean {
  return stage === 'idle' && next === undefined;
}

/** A key that a killed run made, or that another branch began with, is not made again. */
function successorOf({ key, stage, old, current, next }: StagedKey, made: readonly NamedKey[]): Successor {
  if (stage !== 'idle') return { key, old, recipient: current ?? '' };
  const isIts = (other: NamedKey) => other.key.kind === key.kind && other.key.name === key.name;
  const recipient = next ?? made.find(isIts)?.recipient ?? '';
  return { key, old: current === undefined ? [] : [current], recipient };
}

function editFor({ key, current = '' }: StagedKey, successor: Successor | undefined): ModelEdit {
  const section = key.kind === 'cluster' ? 'clusters' : 'environments';
  return { path: [section, key.name, 'recipients'], value: [current, successor?.recipient] };
}

/** Files that the old key opens and the new one will not: a rule of the user's own names the old one. */
function leftBehind({ files, changes }: PlannedReaders, successors: readonly Successor[]): string[] {
  const after = new Map(changes.map(({ file, recipients }) => [file.path, recipients]));
  const then = files.map(({ path, recipients }) => ({ path, recipients: after.get(path) ?? recipients }));
  const left = successors.flatMap(({ old, recipient }) => filesLeftBehind({ old, current: recipient }, then));
  return [...new Set(left.map(({ path }) => path))];
}

/** Whoever runs the last command again by mistake does not begin anew. */
async function refuseRotatedToday(folder: string, { keys, options }: Stage): Promise<void> {
  const now = new Date();
  for (const { key, stage } of keys) {
    const file = retiredKeyFileName(key, now);
    if (stage !== 'idle' || options.isAgain || !(await isThere(join(folder, file)))) continue;
    throw new ExpectedError({
      code: 'rotated-today',
      exitCode: 3,
      message: `the key of ${shownKey(key)} was replaced today already`,
      why: [`${file} is the one before.`],
      hint: `To replace it once more: ${command(...rotateWords(options.scope), '--again')}`,
    });
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function stuck(paths: readonly string[]): ExpectedError {
  return new ExpectedError({
    code: 'left-behind',
    exitCode: 3,
    message: 'cannot go on: some files are not encrypted for the new key, and no rule wants it',
    why: paths.map((path) => `${path}: its rule in .sops.yaml does not name the new key.`),
    hint: `Add it there beside the old one (${command('diff')} shows what our own rules lack), then run the same command again.`,
  });
}
