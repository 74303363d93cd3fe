import type { Io } from '../../cli/io.ts';
import { paintFor } from '../../cli/marks.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { RotationScope } from '../../secrets/rotation/key-rotation.ts';
import type { RotationStage } from '../../secrets/rotation/rotation-stage.ts';
import type { OpenRepository } from '../open-repository.ts';
import { noteProblems } from '../outcome-of-run.ts';
import type { StagedKey } from './rotation-signs.ts';
import { command, contextWords, pushStep, rotateWords, shownKey } from './rotation-words.ts';

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
    const commands = next.map((command) => `${' '.repeat(longest)}  ${paint('cyan', command)}`);
    return [`${key.padEnd(longest)}  ${shownStage[stage]}${holders}`, ...commands];
  });
  return {
    changes: [],
    steps: [],
    problems: noteProblems(notes),
    nextSteps: [],
    result: {
      keys: rows,
    },
    text: `${lines.join('\n')}\n`,
  };
}

/** The commands that take a key further; none where nobody has to do anything. */
function nextOf(
  { key, stage, clusters }: StagedKey,
  scope: RotationScope,
  contexts: ReadonlyMap<string, string>,
): readonly string[] {
  const own: RotationScope = key.kind === 'team' ? scope : { kind: key.kind, name: key.name };
  switch (stage) {
    case 'none':
      return [command('apply')];
    case 'idle':
      return [];
    case 'overlap':
      return [
        ...pushStep(clusters, contexts, []).commands,
        command(...rotateWords(own), ...contextWords(clusters, contexts)),
      ];
    default:
      return [command(...rotateWords(own))];
  }
}
