import { version } from '../cli/program.ts';
import { ExpectedError } from '../errors.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { findBlobs } from '../git/find-blobs.ts';
import type { Environment } from '../git/git-environment.ts';
import type { Based } from '../plan/base-store.ts';
import { contentHash } from '../plan/content-hash.ts';
import type { Plan } from '../plan/plan.ts';
import { type PlanRequest, planChanges } from '../plan/plan-changes.ts';
import { lastApplied } from './last-applied.ts';
import type { OpenRepository } from './open-repository.ts';

/**
 * The plan, with the texts that were generated last found wherever they still are: the disk, the base store, generated
 * again from the model as last applied, and git's history. Git is asked only for what the others do not have.
 */
export async function planWithBases(
  repository: OpenRepository,
  request: PlanRequest,
  from: { env: Environment; signal?: AbortSignal },
): Promise<Plan> {
  const bases = { ...request.bases, regenerate: regenerator(repository) };
  const plan = planChanges({ ...request, bases });
  if (plan.missingBases.length === 0) return plan;
  const blobs = await findBlobs(repository.root, plan.missingBases, contentHash, from);
  return blobs.size === 0
    ? plan
    : planChanges({ ...request, bases: { ...bases, blobs: new Map([...(bases.blobs ?? []), ...blobs]) } });
}

/** Generates at the first question, and once. A repository whose locks do not tell has no such base. */
export function regenerator(repository: Pick<OpenRepository, 'locks'>): (of: Based) => string | undefined {
  let texts: Map<string, string> | undefined;
  return (of) => {
    texts ??= generatedLast(repository);
    return texts.get(keyOf(of));
  };
}

function generatedLast(repository: Pick<OpenRepository, 'locks'>): Map<string, string> {
  try {
    const units = generateUnits(lastApplied(repository), { toolVersion: version });
    const rows = units.flatMap(({ entries }) =>
      entries.map((entry): [string, string] => [
        keyOf(entry.kind === 'block' ? { path: entry.path, block: entry.id } : entry),
        entry.contents,
      ]),
    );
    return new Map(rows);
  } catch (error) {
    if (error instanceof ExpectedError) return new Map();
    throw error;
  }
}

/** A path holds no NUL. */
function keyOf({ path, block = '' }: Based): string {
  return `${path}\0${block}`;
}
