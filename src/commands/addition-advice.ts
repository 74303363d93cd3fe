import type { Io } from '../cli/io.ts';
import type { NextStep } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { bootstrapCommand } from '../generators/bootstrap-command.ts';
import { keysOfCluster } from '../model/cluster-keys.ts';
import type { ModelEdit } from '../model/edit-model.ts';
import type { Model } from '../model/model.ts';
import { strategyOf } from '../model/settings.ts';
import { clustersOf } from '../model/units.ts';
import { clusterCredential } from '../secrets/cluster-credential.ts';
import type { NamedKey } from '../secrets/generate-keys.ts';
import { type KeyName, keyFileName } from '../secrets/key-name.ts';
import type { Addable } from '../wizard/addition.ts';
import { isHere } from './folder-words.ts';
import { layoutNotes } from './layout-notes.ts';
import { createNamespace, keyPath } from './next-steps.ts';
import { notificationSteps } from './notification-steps.ts';
import type { OpenRepository } from './open-repository.ts';
import { isPublishable } from './publish/publish-words.ts';
import { modelPath } from './target-folder.ts';
import { teamSteps } from './team-steps.ts';

/** What is added where. */
export interface AdditionSubject {
  io: Io;
  repository: OpenRepository;
  addable: Addable;
  name: string;
  /** With it in. */
  model: Model;
  keys: readonly NamedKey[];
  keysFolder: string | undefined;
  /** Encrypted files that its key opens too. */
  rewrapped: number;
}

/** Lockdown changes what Flux itself may do, also for what people wrote by hand. */
const firstTeam =
  'It is the first team: Flux is locked down on its clusters. What you wrote there yourself needs a serviceAccountName and can use nothing of another namespace.';

/** What a person may not expect of it. */
export function additionNotes(
  { io, addable, name, rewrapped, repository, model }: AdditionSubject,
  edits: readonly ModelEdit[],
): string[] {
  const along = edits.filter(({ path }) => path.length === 2 && path[0] === addable.map && path[1] !== name);
  const declared = edits.flatMap(({ path: [map, unit, part, secret] }) =>
    part === 'secrets' ? [`${secret} of ${map === 'apps' ? 'app' : 'component'} ${unit}`] : [],
  );
  const others = along.map(({ path }) => path[1] ?? '');
  const isFirstTeam = addable.noun === 'team' && Object.keys(repository.model.teams).length === 0;
  return [
    ...(addable.noun === 'app' && io.interactive
      ? [`Replicas, probes, values and more of it: apps.${name} in ${modelPath}.`]
      : []),
    ...(isFirstTeam ? [firstTeam, ...layoutNotes(model)] : []),
    ...(others.length === 0 ? [] : [`${others.join(', ')} comes with it: ${name} needs it.`]),
    ...(declared.length === 0
      ? []
      : [`Declared for ${name} too, with values of their own that are still to be given: ${declared.join(', ')}.`]),
    ...(rewrapped === 0
      ? []
      : [`The key of ${name} opens what its environment has encrypted: ${fileCount(rewrapped)}.`]),
  ];
}

/** What a person does next, besides committing. */
export function additionSteps(subject: AdditionSubject): NextStep[] {
  const { addable, name, model, repository } = subject;
  if (addable.noun === 'cluster') return clusterSteps(subject);
  if (addable.noun === 'team') return teamSteps(model, name);
  if (addable.noun === 'notification') return notificationSteps(model, name);
  if (addable.noun !== 'environment' || clustersOf(model, name).length > 0) return [];
  const there = thereIn(repository);
  return [
    {
      text: 'Give it a cluster; its overlays are written then:',
      commands: [`${npx}${there} add cluster NAME --environment ${name}`],
    },
  ];
}

function thereIn({ shown }: AdditionSubject['repository']): string {
  return isHere(shown) ? '' : ` -C ${shellQuote(shown)}`;
}

function clusterSteps(subject: AdditionSubject): NextStep[] {
  const { name, model, repository } = subject;
  if (!isPublishable(model))
    return [...giveKey(subject), { text: `Install Flux on ${name}:`, commands: [bootstrapCommand(model, name)] }];
  const text = `When it is on ${model.repository.branch} here, give it a deploy key; that tells how to install Flux on it:`;
  return [...giveKey(subject), { text, commands: [`${npx}${thereIn(repository)} publish`] }];
}

/** An environment's key may be a colleague's to give: then the folder is not known. */
function giveKey({ io, model, name, keys, keysFolder }: AdditionSubject): NextStep[] {
  const isMade = (key: KeyName) => keys.some((made) => keyFileName(made.key) === keyFileName(key));
  const pathOf = (key: KeyName) =>
    isMade(key)
      ? keyPath({ keysFolder, home: io.home, platform: io.platform }, key)
      : `KEYS_FOLDER/${keyFileName(key)}`;
  const credential = clusterCredential(model, name, pathOf);
  if (credential !== undefined)
    return [{ text: `Point kubectl at ${name} and give it ${credential.text}`, commands: [...credential.commands] }];
  if (strategyOf(model) !== 'sops') return [];
  // A cluster that was just added has no Secrets of its own yet, and so one key.
  const [key = { kind: 'cluster', name }] = keysOfCluster(model, name);
  const isNew = isMade(key);
  const path = pathOf(key);
  return [
    {
      text: `Point kubectl at ${name} and give it ${isNew ? 'its key' : 'the key of its environment'}:`,
      commands: [
        createNamespace,
        `kubectl -n flux-system create secret generic sops-age --from-file=${keyFileName(key)}=${path}`,
      ],
    },
  ];
}

function fileCount(count: number): string {
  return count === 1 ? 'one file' : `${count} files`;
}
