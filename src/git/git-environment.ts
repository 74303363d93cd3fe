/**
 * Variables that tie git to one repository, as `git rev-parse --local-env-vars` lists them (2.28 to 2.50).
 * A hook or an alias sets them for the repository it runs in, which is seldom the one we are asked about.
 */
const repositoryVariables: ReadonlySet<string> = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_PARAMETERS',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

/** They belong to `GIT_CONFIG_COUNT`; without it git ignores them, and they may hold an authorization header. */
const numberedConfiguration = /^GIT_CONFIG_(KEY|VALUE)_\d+$/;

/** Our push brings its own token; hooks and aliases that git starts have no business with these. */
const secretVariables: ReadonlySet<string> = new Set([
  'CI_JOB_TOKEN',
  'FLUX_READ_TOKEN',
  'FORGEJO_TOKEN',
  'GH_ENTERPRISE_TOKEN',
  'GH_TOKEN',
  'GITEA_TOKEN',
  'GITHUB_ENTERPRISE_TOKEN',
  'GITHUB_TOKEN',
  'GITLAB_TOKEN',
  'GIT_PASSWORD',
  'SOPS_AGE_KEY',
]);

/** Environment variables by name; `undefined` counts as unset. The shape of `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment git gets: the caller's without what points at another repository and without secrets, and with
 * prompts off. Who commits (`GIT_AUTHOR_*`, `GIT_COMMITTER_*`), `GIT_SSH*` and `GIT_CONFIG_GLOBAL` stay the person's.
 */
export function gitEnvironment(callers: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(callers))
    if (value !== undefined && !isWithheld(name.toUpperCase())) kept[name] = value;
  return { ...kept, GIT_TERMINAL_PROMPT: '0' };
}

/** For other programs that we start: all of it but what is secret. */
export function withoutSecrets(callers: Environment): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(callers).filter(([name]) => !secretVariables.has(name.toUpperCase())));
}

function isWithheld(name: string): boolean {
  return repositoryVariables.has(name) || secretVariables.has(name) || numberedConfiguration.test(name);
}
