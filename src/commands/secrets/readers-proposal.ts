import type { OpenRepository } from '../open-repository.ts';
import type { Proposal } from '../proposal.ts';
import type { PlannedReaders } from './propose-readers.ts';

/** A change of readers as a proposal, with what is to be said of files that go another way. */
export function readersProposal(
  repository: OpenRepository,
  { model, plan, own, byOwnRule, withoutRule, warnings }: PlannedReaders,
  about: Pick<Proposal, 'title' | 'done' | 'words' | 'nextSteps' | 'notes'> & Partial<Pick<Proposal, 'commitsModel'>>,
): Proposal {
  return {
    commitsModel: false,
    ...about,
    repository,
    model,
    plan,
    keys: [],
    keysFolder: undefined,
    executable: [],
    own,
    notes: [
      ...repository.notes,
      ...about.notes,
      ...byOwnRule.map(
        ({ file, line }) => `${file.path} keeps its readers: line ${line} of .sops.yaml, not ours, still names them.`,
      ),
      ...(withoutRule.length === 0
        ? []
        : [`No rule in .sops.yaml is for ${shortList(withoutRule.map(({ path }) => path))}: left as it is.`]),
      ...warnings.map(({ message }) => `${message}.`),
    ],
  };
}

/** At most three, and how many more. */
export function shortList(names: readonly string[]): string {
  const more = names.length - 3;
  return more > 0 ? `${names.slice(0, 3).join(', ')} and ${more} more` : names.join(', ');
}
