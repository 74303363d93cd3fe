import type { Environment } from '../git/git-environment.ts';
import type { ForgeKind } from './server.ts';

/** A server whose token is wanted. */
export interface TokenTarget {
  kind: ForgeKind;
  /** `github.com`, `git.example.com:3000`, or as the model has it; undefined: the provider's own. */
  host: string | undefined;
}

/**
 * By provider, in the order they count. GITLAB_TOKEN and GITEA_TOKEN say of no server that they are for it, and go to the
 * one that the model names, as glab does it: https://gitlab.com/gitlab-org/cli/-/issues/8065
 */
const variables: Readonly<Record<ForgeKind, readonly string[]>> = {
  github: ['GITHUB_TOKEN', 'GH_TOKEN'],
  gitlab: ['GITLAB_TOKEN'],
  gitea: ['GITEA_TOKEN'],
};

/** GitHub's own for other servers than github.com. */
const enterprise = ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'];

/**
 * The names of the variables that are looked at for a host, in order. Whoever writes flux-repo.yaml names the host, so
 * that a token for github.com is not sent to another one, as gh has it: https://cli.github.com/manual/gh_help_environment
 *
 * @param env only to see whether it is a workflow of that server, whose GITHUB_TOKEN is for it:
 *   https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function tokenVariables({ kind, host }: TokenTarget, env: Environment): readonly string[] {
  const asked = hostOf(host ?? 'github.com');
  if (kind !== 'github' || isGithub(asked)) return variables[kind];
  const isItsWorkflow = asked !== '' && hostOf(env.GITHUB_SERVER_URL ?? '') === asked;
  return isItsWorkflow ? [...enterprise, 'GITHUB_TOKEN'] : enterprise;
}

/** github.com and data residency: https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency */
function isGithub(host: string): boolean {
  return host === 'github.com' || host.endsWith('.ghe.com');
}

/** Name and port: a path behind them may look like anything. */
function hostOf(text: string): string {
  const url = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(url) ? new URL(url).host : '';
}
