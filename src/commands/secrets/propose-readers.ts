import type { Io } from '../../cli/io.ts';
import { progressOn } from '../../cli/progress.ts';
import { listFiles } from '../../git/list-files.ts';
import { editModel, type ModelEdit } from '../../model/edit-model.ts';
import type { Model } from '../../model/model.ts';
import { recipientNames } from '../../model/recipient-names.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Problem } from '../../problem.ts';
import { type FoundIdentities, findIdentities } from '../../secrets/find-identities.ts';
import { noIdentity } from '../../secrets/no-identity.ts';
import { type EncryptedFile, encryptedFiles } from '../../secrets/readers/encrypted-files.ts';
import {
  type ReaderChange,
  type ReaderChanges,
  type ReaderWish,
  readerChanges,
} from '../../secrets/readers/reader-changes.ts';
import { canOpen, rewrapFiles } from '../../secrets/readers/rewrap-files.ts';
import { readSopsConfig } from '../../secrets/sops-config/read-sops-config.ts';
import { overlayTree } from '../../tree/overlay-tree.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { type Comparing, compareUnits } from '../compare-units.ts';
import { appliedWith } from '../edits-of-applied.ts';
import { lastApplied } from '../last-applied.ts';
import { type NewCredential, sealCredentials } from '../new-credential.ts';
import type { OpenRepository } from '../open-repository.ts';
import { plannedReader } from '../planned-reader.ts';
import type { OwnEdits } from '../proposal.ts';
import { modelPath } from '../target-folder.ts';
import { touchedUnits } from '../touched-units.ts';
import { refuseLosingReaders } from './refuse-losing-readers.ts';

const configPath = '.sops.yaml';

/** From so many files on it takes as long as a person notices: up to 10 ms a file. */
const worthShowing = 50;

/** Who is to read what from now on. */
export interface ReadersWish {
  /** Of the model. */
  edits: readonly ModelEdit[];
  /** Whom this is about; undefined gives every file the recipients of its rule. */
  readers: ReaderWish | undefined;
  newDataKeys: boolean;
  /** Secrets whose values are known with the plan. */
  credentials?: readonly NewCredential[];
  /** What the edits take out of the repository. */
  leaving?: Required<Pick<Comparing, 'removed' | 'unsealed'>>;
  sides: Comparing['sides'];
  keysDirectory: string | undefined;
}

/** What that comes to; nothing is written. */
export interface PlannedReaders extends ReaderChanges {
  /** As it will be. */
  model: Model;
  plan: Plan;
  own: OwnEdits;
  /** Every encrypted file as it is now, without those that go. */
  files: readonly EncryptedFile[];
  /** About private keys. */
  warnings: readonly Problem[];
}

/**
 * Plans a change of readers as a whole: the model, what is generated from it, and every encrypted file for whom its rule
 * will be. The rules are read from `.sops.yaml` as it will be, so that the user's own keep their precedence. A file is
 * replaced as it was read: what comes into it while thousands are encrypted stops the whole before anything is written.
 *
 * @throws ExpectedError `no-identity`, `last-recipient`, `foreign-recipients`, and for files that cannot be read
 */
export async function planReaders(io: Io, repository: OpenRepository, wish: ReadersWish): Promise<PlannedReaders> {
  const { root, tree } = repository;
  const applied = lastApplied(repository);
  const wanted = appliedWith(applied, wish.edits);
  const { text, model } = editModel({ text: repository.text, file: modelPath }, wish.edits);
  const comparing = { units: touchedUnits(applied, wanted), text, sides: wish.sides, applied, ...wish.leaving };
  const generated = await compareUnits(io, repository, comparing);
  const listed = await listFiles(root, io);
  const files = encryptedFiles(
    tree,
    listed.filter((path) => wish.leaving?.unsealed.has(path) !== true),
  );
  const config = await readSopsConfig({ text: textAfter(repository, generated, configPath), file: configPath });
  const found = readerChanges(files, config, wish.readers);
  const { warnings, sealed: again } = await rewrapped(io, found.changes, model, wish);
  const read = plannedReader(tree, generated);
  const made = await sealCredentials(wish.credentials ?? [], { model: wanted, read });
  const sealed = new Map([...again, ...made]);
  const asRead = overlayTree(tree, new Map(found.changes.map(({ file }) => [file.path, file.text])));
  const plan =
    sealed.size === 0 ? generated : await compareUnits(io, { ...repository, tree: asRead }, { ...comparing, sealed });
  return { ...found, model, plan, files, warnings, own: { edits: () => wish.edits, follows: wanted } };
}

/** A file as it will be; empty when there will be none. */
function textAfter({ tree }: OpenRepository, { changes }: Plan, path: RepoPath): string {
  const change = changes.find((each) => each.path === path);
  if (change !== undefined && 'after' in change) return change.after;
  const text = tree.read(path);
  return typeof text === 'string' ? text : '';
}

async function rewrapped(
  io: Io,
  changes: readonly ReaderChange[],
  model: Model,
  { newDataKeys, keysDirectory }: ReadersWish,
): Promise<{ sealed: ReadonlyMap<RepoPath, string>; warnings: readonly Problem[] }> {
  if (changes.length === 0) return { sealed: new Map(), warnings: [] };
  refuseLosingReaders(changes, newDataKeys);
  const owner = { repository: model.repository.name, id: model.id };
  const found = await findIdentities({ ...io, flag: keysDirectory }, owner);
  refuseUnopened(changes, newDataKeys, model, found);
  const about = { newDataKeys, identities: found.identities, now: new Date(), signal: io.signal };
  const rewrap = () => rewrapFiles(changes, about);
  const title = `Prepare ${changes.length} encrypted files`;
  const sealed = await (changes.length < worthShowing
    ? rewrap()
    : progressOn(io)(title, async () => ({ value: await rewrap() })));
  return { sealed, warnings: found.warnings };
}

/** Who is only dropped, without a new data key, needs no key: their copy of it is taken out. */
function refuseUnopened(
  changes: readonly ReaderChange[],
  newDataKeys: boolean,
  model: Model,
  found: FoundIdentities,
): void {
  const closed = changes.find(
    ({ file, added }) => (newDataKeys || added.length > 0) && !canOpen(file, found.identities),
  );
  if (closed === undefined) return;
  const { path, recipients } = closed.file;
  throw noIdentity({ file: path, recipients, names: recipientNames(model), found });
}
