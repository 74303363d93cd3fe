import { ProviderError } from '../failure.ts';
import type { Tried } from '../failures/cause.ts';
import type { BranchPolicy, Provider, Repository } from '../provider.ts';
import { about, type GitlabClient } from './gitlab-client.ts';
import { isNamed, type Level, levels, namedIn, type ProtectedBranch, roleLevel } from './protected-branch.ts';

interface Place {
  repository: Repository;
  branch: string;
  tried: Tried;
}

/**
 * GitLab protects the default branch at the first push, more loosely than is wanted here. What people made stricter
 * stays, and so do persons and groups that they named. https://docs.gitlab.com/api/protected_branches
 */
export function protectVerb(client: GitlabClient): Provider['protect'] {
  const { protectedBranches, deployKeys, attempt, find } = client;
  return async (repository, branch, { pullRequests, codeOwners, deployKeysPass }) => {
    const tried = about('protect', `protect ${branch}`, repository);
    const place = { repository, branch, tried };
    const found: ProtectedBranch | undefined = await find(tried, () => protectedBranches.show(repository.id, branch));
    const writing = async () => (await deployKeys.all({ projectId: repository.id })).filter(({ can_push }) => can_push);
    const keys = pullRequests && deployKeysPass ? (await attempt(tried, writing)).map(({ id }) => id) : [];
    const isRight = (rule: ProtectedBranch) => rule.allow_force_push !== true && isShut(rule, pullRequests, keys);
    if (found !== undefined && isRight(found)) return 'unchanged';
    const wanted = stricter(found, { pullRequests, codeOwners }, keys);
    if (found === undefined) await make(client, place, wanted);
    else if (!(await changed(client, place, found, wanted).then((rule) => rule && isRight(rule))))
      await replace(client, place, found, wanted);
    return 'applied';
  };
}

function isShut({ push_access_levels: pushers = [] }: ProtectedBranch, pullRequests: boolean, keys: number[]): boolean {
  const isRight = (each: Level) => each.access_level === levels.nobody || isNamed(each);
  const passes = (id: number) => pushers.some(({ deploy_key_id }) => deploy_key_id === id);
  return (!pullRequests || pushers.every(isRight)) && keys.every(passes);
}

function stricter(
  found: ProtectedBranch | undefined,
  { pullRequests, codeOwners }: Pick<BranchPolicy, 'pullRequests' | 'codeOwners'>,
  keys: readonly number[],
): ProtectedBranch {
  const pushers = found?.push_access_levels ?? [{ access_level: levels.maintainer }];
  const missing = keys.filter((id) => !pushers.some(({ deploy_key_id }) => deploy_key_id === id));
  return {
    allow_force_push: false,
    // Needs a paid plan, and is left out of account without one.
    code_owner_approval_required: found?.code_owner_approval_required === true || (pullRequests && codeOwners),
    merge_access_levels: found?.merge_access_levels ?? [{ access_level: levels.maintainer }],
    push_access_levels: [
      ...(pullRequests ? withoutRoles(pushers) : pushers),
      ...missing.map((deploy_key_id) => ({ deploy_key_id })),
    ],
  };
}

function withoutRoles(pushers: readonly Level[]): Level[] {
  const nobody = pushers.find((each) => each.access_level === levels.nobody && !isNamed(each));
  return [nobody ?? { access_level: levels.nobody }, ...pushers.filter(isNamed)];
}

/** As the server has it afterwards: without a paid plan it overlooks lists. Undefined: it cannot change a rule. */
async function changed(
  { protectedBranches, attempt }: GitlabClient,
  { repository, branch, tried }: Place,
  found: ProtectedBranch,
  wanted: ProtectedBranch,
): Promise<ProtectedBranch | undefined> {
  const before = found.push_access_levels ?? [];
  const after = wanted.push_access_levels ?? [];
  const kept = new Set(after.map(({ id }) => id));
  const allowedToPush = [
    ...before.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ id, _destroy: true })),
    ...after.filter(({ id }) => id === undefined),
  ];
  const rule = {
    allowForcePush: false,
    // Versions until 16.1 take what is not said for false: https://gitlab.com/gitlab-org/gitlab/-/issues/422092
    codeOwnerApprovalRequired: wanted.code_owner_approval_required === true,
    ...(allowedToPush.length > 0 && { allowedToPush }),
  };
  // gitbeaker's types do not know keys there.
  const work = () => protectedBranches.edit(repository.id, branch, rule as object);
  return attempt(tried, work).catch((error: unknown) => {
    if (error instanceof ProviderError && cannotChange.has(error.facts.status ?? 0)) return undefined;
    throw error;
  });
}

const cannotChange: ReadonlySet<number> = new Set([400, 403, 404, 405]);

/** The branch is open between the two requests, so this is for servers that cannot change a rule. */
async function replace(client: GitlabClient, place: Place, found: ProtectedBranch, wanted: ProtectedBranch) {
  const { repository, branch, tried } = place;
  await client.attempt(tried, () => client.protectedBranches.remove(repository.id, branch));
  await make(client, place, wanted).catch(async (error: unknown) => {
    if (!(error instanceof ProviderError)) throw error;
    const there = await client
      .find(tried, () => client.protectedBranches.show(repository.id, branch))
      .catch(() => undefined);
    const isBack =
      there !== undefined ||
      (await make(client, place, found).then(
        () => true,
        () => false,
      ));
    const why = isBack
      ? `${branch} is protected, but look at who may push and merge there: it was changed in between.`
      : `${branch} is NOT protected now: its protection was taken away to make it stricter, and could not be put back.`;
    throw new ProviderError({ ...error.facts, why: [...error.facts.why, why] });
  });
}

/** Roles first: whoever is named besides comes in by another request, since gitbeaker sends no lists with this one. */
async function make({ protectedBranches, attempt }: GitlabClient, place: Place, rule: ProtectedBranch) {
  const { repository, branch, tried } = place;
  const { push_access_levels: pushers = [], merge_access_levels: mergers = [] } = rule;
  const options = {
    pushAccessLevel: roleLevel(pushers),
    mergeAccessLevel: roleLevel(mergers),
    allowForcePush: rule.allow_force_push === true,
    ...(rule.code_owner_approval_required === true && { codeOwnerApprovalRequired: true }),
  };
  await attempt(tried, () => protectedBranches.create(repository.id, branch, options));
  const [allowedToPush, allowedToMerge] = [namedIn(pushers), namedIn(mergers)];
  if (allowedToPush.length + allowedToMerge.length === 0) return;
  const lists = {
    ...(allowedToPush.length > 0 && { allowedToPush }),
    ...(allowedToMerge.length > 0 && { allowedToMerge }),
    ...(rule.code_owner_approval_required === true && { codeOwnerApprovalRequired: true }),
  };
  await attempt(tried, () => protectedBranches.edit(repository.id, branch, lists as object));
}
