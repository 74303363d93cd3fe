import type { Io } from '../../cli/io.ts';
import type { NextStep } from '../../cli/outcome.ts';
import { version } from '../../cli/program.ts';
import type { RemoveOptions } from '../../cli/remove-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { generateUnits } from '../../generators/generate-units.ts';
import { kindOfUnit } from '../../model/units.ts';
import { isWrite, type Plan } from '../../plan/plan.ts';
import type { OpenRepository } from '../open-repository.ts';
import { executableIn, type Proposal } from '../proposal.ts';
import { command, contextWords, listed } from '../secrets/rotation-words.ts';
import { touchedUnits } from '../touched-units.ts';
import { ownFilesIn } from './own-files.ts';
import { type PlannedRemoval, planRemoval, refuseKeeping, refuseStandingFiles } from './plan-removal.ts';
import { removalEdits } from './removal-edits.ts';
import type { RemovalSubject } from './removal-subject.ts';
import { refuseLosingSecrets, sealedLeaving } from './sealed-leaving.ts';

/** So many files are named; of more than that, how many there are. */
const mostNamed = 10;

/**
 * What the next phase of a removal comes to.
 * @param notes of the phase before
 * @throws ExpectedError as `planRemoval`, `refuseKeeping`, `refuseStandingFiles`
 */
export async function proposeUnitRemoval(
  io: Io,
  repository: OpenRepository,
  subject: RemovalSubject,
  options: RemoveOptions,
  notes: readonly string[],
): Promise<Proposal> {
  const { noun, name, removal, applied, next, words } = subject;
  await refuseKeeping(io, repository, subject, options);
  const planned = await planRemoval(io, repository, subject, options);
  const { plan, wanted } = planned;
  refuseStandingFiles(subject, plan);
  await refuseLosingSecrets(io, repository, `${noun} ${name}`, plan);
  const about = { plan, wanted: generateUnits(wanted, { toolVersion: version }) };
  const own = await ownFilesIn(io, repository.root, removal.folders(subject.model, name), about);
  const place = placeOf(subject);
  return {
    repository,
    title: `Remove ${noun} ${name}${place === undefined ? '' : ` (${place}: ${next?.takes.replace(/,.*$/, '') ?? removal.rest})`}`,
    done: next === undefined ? `Removed ${noun} ${name}` : `Began to remove ${noun} ${name} (${place})`,
    model: planned.model,
    plan,
    keys: [],
    keysFolder: undefined,
    executable: executableIn(touchedUnits(applied, wanted)),
    commitsModel: false,
    onlyOnce: true,
    own: { edits: (model) => removalEdits(subject, model), follows: wanted },
    notes: [...repository.notes, ...notes, ...phaseNotes(subject), ...removalNotes(subject, planned), ...ownNotes(own)],
    nextSteps: next === undefined ? removal.lastSteps(subject.model, name, subject.crds) : againSteps(subject, plan),
    words: [...words, ...options.confirmed.flatMap(confirm)],
  };
}

const confirm = (cluster: string) => ['--confirm', cluster];

/** `1 of 2`; undefined for what goes at once. */
function placeOf({ phases, next }: RemovalSubject): string | undefined {
  if (phases.length === 0) return undefined;
  return `${next === undefined ? phases.length + 1 : phases.indexOf(next) + 1} of ${phases.length + 1}`;
}

/** The whole way, and where this is on it. */
function phaseNotes(subject: RemovalSubject): string[] {
  const { phases, next, removal } = subject;
  const place = placeOf(subject);
  if (place === undefined) return [];
  const all = [...phases.map(({ takes }) => takes), removal.rest];
  const at = next === undefined ? phases.length : phases.indexOf(next);
  const later = all.slice(at + 1);
  const then = later.length === 0 ? '' : ` Then, when the clusters are rid of that: ${later.join('; then ')}.`;
  return [`Phase ${place}: ${all[at]}.${then}`];
}

function removalNotes({ noun, name, removal, next, model, crds }: RemovalSubject, planned: PlannedRemoval): string[] {
  const changed = new Set(planned.plan.changes.filter(isWrite).map(({ unit }) => unit));
  const others = [...changed].flatMap((unit) => {
    if (unit === 'repository' || unit === `${noun}-${name}`) return [];
    const { kind, name: other } = kindOfUnit(unit);
    return kind === 'app' || kind === 'component' || kind === 'team' ? [`${kind} ${other}`] : [];
  });
  return [
    ...removal.warnings(model, name, next?.phase, crds),
    ...(noun === 'component' && others.length > 0
      ? [`Others used it and change with it: ${listed(others.sort())}.`]
      : []),
    ...(planned.rewrapped === 0
      ? []
      : [
          `${name} reads nothing any more that is encrypted from now on: ${planned.rewrapped === 1 ? 'one file gets a new data key' : `${planned.rewrapped} files get new data keys`}. What it has read it may know; change those values where they come from.`,
        ]),
    ...sealedNotes(sealedLeaving(planned.plan)),
    ...planned.notes,
  ];
}

function sealedNotes(paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  return [`Encrypted values go with it, and stay in git's history:${paths.map((path) => `\n  ${path}`).join('')}`];
}

function ownNotes(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const more = files.length - mostNamed;
  const lines = files.slice(0, mostNamed).map((path) => `\n  ${path}`);
  const what = files.length === 1 ? 'This file is yours and stays' : 'These files are yours and stay';
  const others = more > 0 ? `\n  … and ${more} more` : '';
  return [`${what}, without anything that applies ${files.length === 1 ? 'it' : 'them'}:${lines.join('')}${others}`];
}

function againSteps({ removal, model, name, words }: RemovalSubject, { changes }: Plan): NextStep[] {
  const clusters = removal.clusters(model, name);
  const sealed = changes.filter(({ action, ownership }) => action === 'delete' && ownership === 'sealed');
  const back = ['git', 'restore', '--source=COMMIT', '--', ...sealed.map(({ path }) => path)];
  const andGit = ', after git has given back what was encrypted, from a COMMIT before this';
  return [
    { text: `Push the commit, and wait until ${listed(clusters)} reconciled it:`, commands: ['git push'] },
    {
      text: 'Then the same again. It looks at the clusters, and goes on when they are rid of this:',
      commands: [command(...words, ...contextWords(clusters, new Map()))],
    },
    {
      text: `Until then you may change your mind: take "removing" out of flux-repo.yaml and run apply${sealed.length === 0 ? '.' : `${andGit}:`}`,
      commands: sealed.length === 0 ? [] : [shellCommand(back)],
    },
  ];
}
