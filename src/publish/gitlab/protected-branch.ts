/** https://docs.gitlab.com/api/access_requests/#valid-access-levels */
export const levels = { nobody: 0, maintainer: 40 } as const;

/** A role, or somebody who is named: a person, a group, a deploy key. */
export interface Level {
  /** Of the entry; what is not there yet has none. */
  id?: number;
  access_level?: number | null;
  user_id?: number | null;
  group_id?: number | null;
  deploy_key_id?: number | null;
}

/** What GitLab tells of a protected branch, as far as we look. */
export interface ProtectedBranch {
  push_access_levels?: Level[];
  merge_access_levels?: Level[];
  allow_force_push?: boolean;
  code_owner_approval_required?: boolean;
}

/** Whether it lets in somebody who is named, whatever role it says beside. */
export function isNamed({ user_id, group_id, deploy_key_id }: Level): boolean {
  return [user_id, group_id, deploy_key_id].some((id) => typeof id === 'number');
}

/** Who is named, as a rule that is not there yet takes them. */
export function namedIn(all: readonly Level[]): Level[] {
  return all.filter(isNamed).map(({ user_id, group_id, deploy_key_id }) => ({
    ...(typeof user_id === 'number' && { user_id }),
    ...(typeof group_id === 'number' && { group_id }),
    ...(typeof deploy_key_id === 'number' && { deploy_key_id }),
  }));
}

/** The least role that may: any entry of the list lets its role in. */
export function roleLevel(all: readonly Level[]): 0 | 30 | 40 | 60 {
  const roles = all.filter((each) => !isNamed(each)).map(({ access_level }) => access_level);
  const open = ([30, 40, 60] as const).find((level) => roles.includes(level));
  return open ?? levels.nobody;
}
