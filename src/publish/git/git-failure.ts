import { gitWords } from '../../git/git-words.ts';
import type { GitAnswer } from '../../git/run-git.ts';
import { type FailureCode, ProviderError } from '../failure.ts';
import type { RemoteGit } from './remote-git.ts';

/** What git was to do at the server. */
export interface GitTried {
  /** Goes after `cannot`: `push main to`. */
  words: string;
  branch: string;
}

interface GitCause {
  code: FailureCode;
  /** In what git or the server said, in git's English. */
  seen: RegExp;
  summary: string;
  likely: string;
  hint(tried: GitTried, remote: RemoteGit): string;
}

const again = 'then run the same command again';

/** Tried in order; what only a server says comes before what git makes of it. */
const causes: readonly GitCause[] = [
  {
    code: 'no-first-push',
    seen: /default branch .*does not yet exist/i,
    summary: 'the first push takes the role Maintainer',
    likely: 'On GitLab a Developer may not make the default branch.',
    hint: () => `Ask a Maintainer or Owner for that role, ${again}.`,
  },
  {
    code: 'workflow-scope',
    seen: /refusing to allow .*workflow/i,
    summary: 'the token lacks the scope workflow',
    likely:
      'The commit has .github/workflows, and GitHub takes these only from a token with scope workflow (fine-grained: Workflows: write).',
    hint: (_, { login }) => `Give the token from ${login?.from ?? 'git'} that scope, ${again}.`,
  },
  {
    code: 'repository-archived',
    seen: /archived|read-only/i,
    summary: 'the repository is archived',
    likely: 'Nothing can be written to an archived repository.',
    hint: () => `Unarchive it in its settings, ${again}.`,
  },
  {
    code: 'branch-protected',
    seen: /protected branch|GH006|GH013|pre-receive hook declined|not allowed to push/i,
    summary: 'the branch is protected',
    likely: 'The server takes changes of it by pull or merge request only, or from other people.',
    hint: ({ branch }) =>
      `git push origin ${branch}:refs/heads/flux-repo-change, and open a pull request from that branch.`,
  },
  {
    code: 'repository-exists',
    seen: /stale info|fetch first|non-fast-forward/i,
    summary: 'somebody pushed to the branch in the meantime',
    likely: 'Nothing there was overwritten.',
    hint: () => `git fetch, look at what came, ${again}.`,
  },
  {
    code: 'network-proxy',
    seen: /CONNECT tunnel failed|could not resolve proxy|proxy CONNECT aborted/i,
    summary: 'the proxy does not let it through',
    likely: 'HTTPS_PROXY or ALL_PROXY, or http.proxy of git, names a proxy.',
    hint: (_, { url }) => `Put the variable right, or list ${new URL(url).hostname} in NO_PROXY, ${again}.`,
  },
  {
    code: 'auth-invalid',
    seen: /authentication failed|could not read (username|password)|\b401\b|invalid credentials/i,
    summary: 'git is refused',
    likely: 'The server does not take this user and token for git.',
    hint: (_, { login }) =>
      login === undefined
        ? 'Sign git in at the server (git credential), or use a URL that needs none.'
        : `Look at the token from ${login.from}; it may lack the right to push code.`,
  },
  {
    code: 'auth-scope',
    seen: /\b403\b|denied|forbidden/i,
    summary: 'the account may not do that',
    likely: 'The token is known, but has no right to write to this repository.',
    hint: (_, { login }) =>
      `Give the token${login === undefined ? '' : ` from ${login.from}`} the right to push code there, ${again}.`,
  },
  {
    code: 'redirected',
    seen: /redirect|error: 30[1278]/i,
    summary: 'the server redirects to another address',
    likely: 'A token is not sent to an address that nobody named.',
    hint: () => `Write the address it redirects to into flux-repo.yaml (repository.host), ${again}.`,
  },
  {
    code: 'network-tls',
    seen: /SSL|certificate/i,
    summary: 'the certificate of the server is not trusted',
    likely: 'A company’s own authority must be named.',
    hint: () => 'Name its certificate: --ca-file FILE',
  },
  {
    code: 'network-dns',
    seen: /could not resolve host/i,
    summary: 'the name of the server is not known',
    likely: 'DNS has no address for it.',
    hint: () => `Look at repository.host in flux-repo.yaml and at the network, ${again}.`,
  },
  {
    code: 'network-refused',
    seen: /failed to connect|connection (refused|reset)|could not connect|empty reply|timed out/i,
    summary: 'the server cannot be reached',
    likely: 'Nothing answers there, or the connection broke.',
    hint: () => 'Run the same command again when it can be reached: it goes on where it stopped.',
  },
  {
    code: 'not-visible',
    seen: /not found|\b404\b|could not be found/i,
    summary: 'not found, or not visible',
    likely: 'The server says that there is no such repository, or hides it from this account.',
    hint: (_, { login }) =>
      `Look at the name, and at what the token${login === undefined ? '' : ` from ${login.from}`} may see.`,
  },
];

/** The failure that git's answer stands for; of the token nothing is in it. */
export function gitFailure(answer: GitAnswer, tried: GitTried, remote: RemoteGit): ProviderError {
  const said = gitWords(answer.stderr, answer.stdout).map(remote.redact);
  const text = said.join('\n');
  const cause = causes.find(({ seen }) => seen.test(text));
  return new ProviderError({
    code: cause?.code ?? 'provider-refused',
    step: 'push',
    message: `cannot ${tried.words} ${remote.shown}: ${cause?.summary ?? 'git failed'}`,
    why: [...said.map((line) => `git: ${line}`), ...(cause === undefined ? [] : [cause.likely])],
    hint: cause?.hint(tried, remote) ?? `Put right what git names above, ${again}.`,
  });
}
