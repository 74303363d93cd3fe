import type { Io } from '../../cli/io.ts';
import { paintFor } from '../../cli/marks.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { RotationScope } from '../../secrets/rotation/key-rotation.ts';
import type { RotationStage } from '../../secrets/rotation/rotation-stage.ts';
import { noteProblems } from '../carry-out.ts';
import type { OpenRepository } from '../open-repository.ts';
import type { StagedKey } from './rotation-signs.ts';
import { command, contextWords, rotateWords, shownKey } from './rotation-words.ts';

const shownStage: Record<RotationStage, string> = {
  none: 'no key yet',
  idle: 'one key, nothing under way',
  rewrapping: 'stage 1: some files lack the new key',
  overlap: 'stage 2: old and new key open everything; the clusters are to hold the new one',
  'key-files': 'stage 4: done but for the names of the key files here',
};

/** Tells where each rotation stands and what comes next. No key is needed, and none is shown but its public half. */
export function rotationStatus(
  io: Io,
  { notes }: OpenRepository,
  keys: readonly StagedKey[],
  { scope, contexts }: { scope: RotationScope; contexts: ReadonlyMap<string, string> },
): Outcome {
  const paint = paintFor(io.stdout);
  const rows = keys.map((staged) => ({
    key: shownKey(staged.key),
    clusters: staged.clusters,
    stage: staged.stage,
    next: nextOf(staged, scope, contexts),
  }));
  const longest = Math.max(...rows.map(({ key }) => key.length));
  const lines = rows.flatMap(({ key, clusters, stage, next }) => {
    const holders = key.startsWith('environment') ? ` (${clusters.join(', ')})` : '';
    const command = next === undefined ? [] : [`${' '.repeat(longest)}  ${paint('cyan', next)}`];
    return [`${key.padEnd(longest)}  ${shownStage[stage]}${holders}`, ...command];
  });
  return {
    changes: [],
    steps: [],
    problems: noteProblems(notes),
    nextSteps: [],
    result: {
      keys: rows.map(({ next, ...row }) => ({ ...row, ...(next !== undefined && { next }) })),
    },
    text: `${lines.join('\n')}\n`,
  };
}

/** The command that takes a key further; nothing where nobody has to do anything. */
function nextOf({ key, stage, clusters }: StagedKey, scope: RotationScope, contexts: ReadonlyMap<string, string>) {
  const own: RotationScope = key.kind === 'team' ? scope : { kind: key.kind, name: key.name };
  if (stage === 'none') return command('apply');
  if (stage === 'idle') return undefined;
  if (stage === 'overlap') return command(...rotateWords(own), ...contextWords(clusters, contexts));
  return command(...rotateWords(own));
}
