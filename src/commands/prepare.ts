import type { Io } from '../cli/io.ts';
import { version } from '../cli/program.ts';
import type { ExpectedError } from '../errors.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { type GitPreflight, preflightGit } from '../git/preflight.ts';
import { modelFrom } from '../model/complete-draft.ts';
import type { Model } from '../model/model.ts';
import { modelText } from '../model/write-model.ts';
import type { Plan } from '../plan/plan.ts';
import { planChanges } from '../plan/plan-changes.ts';
import { readLocks } from '../plan/read-locks.ts';
import { generateKeys, type NamedKey } from '../secrets/generate-keys.ts';
import { keysFolder } from '../secrets/keys-folder.ts';
import { diskTree } from '../tree/disk-tree.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Answers } from '../wizard/answers.ts';
import type { AnswersFile } from './answers-file.ts';
import { sourcesOf } from './credential-sources.ts';
import { keysToMake, newCertificates, withRecipients } from './keys-to-make.ts';
import { sealCredentials, withCredentials } from './new-credential.ts';
import { newReceiverTokens, saidCredentials } from './notification-credentials.ts';
import { oneError } from './one-error.ts';
import { plannedReader } from './planned-reader.ts';
import { executableIn } from './proposal.ts';
import { modelPath, type TargetFolder } from './target-folder.ts';
import { newTeamCredentials } from './team-credentials.ts';

/** Everything decided, nothing written: what review shows, and `--dry-run` ends with. */
export interface Prepared {
  target: TargetFolder;
  model: Model;
  /** In memory only. */
  keys: readonly NamedKey[];
  /** Where the keys will be; undefined when none is made. */
  keysFolder: string | undefined;
  plan: Plan;
  git: GitPreflight;
  executable: readonly string[];
}

/**
 * Answers become a model, keys and a plan. Looks at the disk and at git, changes neither.
 * @param answers complete, see `withDefaults`
 * @param id 8 hex digits
 * @param answersFile where answers came from, so that what is wrong with them is found there
 * @throws ExpectedError with everything that stands against it
 */
export async function prepare(
  io: Io,
  { draft, ...answers }: Answers,
  target: TargetFolder,
  id: string,
  answersFile?: AnswersFile,
): Promise<Prepared> {
  const identity = { name: draft.repository?.name ?? '', id };
  const bare = modelFrom(draft, identity, answersFile && ((path) => answersFile.placeOf(path, draft)));
  const isWanted = answers.git !== false;
  const git = await preflightGit({ target: target.root, branch: bare.repository.branch, isWanted }, io);
  throwAll(git.problems);
  const tree = diskTree(target.root);
  const isThere = (path: RepoPath) => tree.kindOf(path) !== undefined;
  const names = keysToMake(bare, isThere);
  const place = { ...io, flag: answers.keysDirectory };
  const owner = { repository: bare.repository.name, id, target: target.root };
  const folder = names.length > 0 ? await keysFolder(place, owner) : undefined;
  const keys = await generateKeys(names);
  const withKeys = withRecipients({ ...bare, repository: { ...bare.repository, branch: git.branch } }, keys);
  const credentials = [
    ...newTeamCredentials(withKeys, keys),
    ...newReceiverTokens(io, withKeys, isThere),
    ...(await saidCredentials(io, withKeys, Object.keys(withKeys.notifications), sourcesOf({ draft, ...answers }))),
  ];
  const model = withCredentials(withKeys, credentials);
  const units = generateUnits(model, { toolVersion: version });
  const written = { path: modelPath, before: undefined, after: modelText(model) };
  const sealed = newCertificates(keys);
  const request = { units, tree, locks: readLocks(tree), toolVersion: version, model: written };
  const read = plannedReader(tree, planChanges({ ...request, sealed }));
  const ofCredentials = await sealCredentials(credentials, { model, read });
  const plan = planChanges({ ...request, sealed: new Map([...sealed, ...ofCredentials]) });
  return { target, model, keys, keysFolder: folder, git, plan, executable: executableIn(units) };
}

/** Tells two repositories of one name apart: 8 hex digits. */
export function newId(io: Io): string {
  return Buffer.from(io.randomBytes(4)).toString('hex');
}

/** @throws ExpectedError one for several reasons not to begin */
export function throwAll(problems: readonly ExpectedError[]): void {
  const error = oneError(problems);
  if (error !== undefined) throw error;
}
