import type { GitCall } from '../../git/run-git.ts';
import type { Secret } from '../../secrets/secret.ts';
import type { Redactor } from '../redactor.ts';

/** A repository on a server as git reaches it. */
export interface RemoteGit {
  /** `https://…/owner/name.git`, without a user. */
  url: string;
  /** For people: `acme/fleet on github.com`. */
  shown: string;
  /** `cwd` is the local repository. */
  call: GitCall;
  /** Undefined for a server where git finds its credentials itself. */
  login: GitLogin | undefined;
  /** `--ca-file`, absolute. */
  caFile: string | undefined;
  redact: Redactor;
}

/** What git answers when the server asks who it is. */
export interface GitLogin {
  user: string;
  token: Secret;
  /** Where the token was found: `GITHUB_TOKEN`. */
  from: string;
}

/**
 * The helper is a line of shell that reads the token from the environment, so it is in no argument, no file and no
 * configuration, and it belongs to one origin, so a redirect elsewhere gets nothing. https://git-scm.com/docs/gitcredentials
 */
const helper =
  '!f() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$CREATE_FLUX_REPO_USER" "$CREATE_FLUX_REPO_TOKEN"; }; f';

/**
 * The call that reaches the server. With a token none of the person's helpers, prompts or hooks sees it, and their
 * rewritten addresses (`insteadOf`) and headers do not count; proxies and certificates of theirs do. Needs git 2.31.
 */
export function remoteCall({ url, call, login, caFile }: RemoteGit): GitCall {
  const { origin } = new URL(url);
  const common: [string, string][] = [
    ['http.followRedirects', 'false'],
    ['core.hooksPath', '/dev/null'],
  ];
  // Before the setting `http.sslCAInfo` counts a variable, which some people have.
  const authority = caFile === undefined ? {} : { GIT_SSL_CAINFO: caFile };
  if (login === undefined) return { ...call, variables: () => ({ ...configuration(common), ...authority }) };
  const withToken: [string, string][] = [
    // An empty one forgets those before it: the person's.
    ['credential.helper', ''],
    [`credential.${origin}.helper`, helper],
    [`http.${origin}/.extraHeader`, ''],
    [`http.${origin}/.sslVerify`, 'true'],
    // The longest match counts, and none is longer than the address itself.
    [`url.${url}.insteadOf`, url],
    [`url.${url}.pushInsteadOf`, url],
    ...common,
  ];
  return {
    ...call,
    variables: () => ({
      ...configuration(withToken),
      ...authority,
      CREATE_FLUX_REPO_USER: login.user,
      CREATE_FLUX_REPO_TOKEN: login.token.reveal(),
      GIT_ASKPASS: '',
      GIT_SSL_NO_VERIFY: undefined,
      GIT_TRACE_REDACT: 'true',
      GIT_TRACE2_ENV_VARS: undefined,
    }),
  };
}

/** https://git-scm.com/docs/git-config#Documentation/git-config.txt-GITCONFIGCOUNT */
function configuration(pairs: readonly [string, string][]): Record<string, string> {
  const numbered = pairs.flatMap(([key, value], index): [string, string][] => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(pairs.length), ...Object.fromEntries(numbered) };
}
