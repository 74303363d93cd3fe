import type { Secret } from '../secrets/secret.ts';

/** Who can host a repository: the model's providers without `none`. Forgejo is `gitea`. */
export type ProviderKind = 'github' | 'gitlab' | 'gitea' | 'git';

/** What is done at a provider, in this order; `pull` on later days. */
export type PublishStep =
  | 'whoami'
  | 'namespace'
  | 'repository'
  | 'push'
  | 'default-branch'
  | 'deploy-key'
  | 'deploy-token'
  | 'webhook'
  | 'labels'
  | 'teams'
  | 'protect'
  | 'pull';

/**
 * A server that hosts repositories, by thin verbs: one or two requests each, no state, nothing tried again that writes.
 * Looking first, matching (keys by type and base64, hooks by URL, pull requests by head and base), waiting for what was
 * just made and reading back are the caller's, once for all providers.
 *
 * Every verb throws ProviderError and nothing else but Cancelled, when the signal that the provider was made with
 * aborts: a read stops at once, a write gets up to five seconds to end.
 */
export interface Provider {
  readonly kind: ProviderKind;
  /** As a person writes it, without a scheme: `github.com`, `git.example.com:3000`. */
  readonly host: string;
  /** What it can do through an API. A verb whose step is not here throws a plain Error: it is a mistake to call it. */
  readonly can: ReadonlySet<PublishStep>;

  whoami(): Promise<Account>;
  /** @param path a user, an organisation or a (nested) group: `acme`, `acme/platform` @throws `namespace-not-found` */
  namespace(path: string): Promise<Namespace>;
  /** Undefined: it is not there, *or not visible* to this token. Its `fullName` differs from the asked one when it moved. */
  getRepository(ref: RepositoryRef): Promise<Repository | undefined>;
  /** One POST. After `provider-failed` or a lost connection look whether it is there. @throws `repository-name-taken` … */
  createRepository(namespace: Namespace, wanted: NewRepository): Promise<Repository>;
  setDefaultBranch(repository: Repository, branch: string): Promise<void>;

  /** All of them, every page. @throws `key-needs-admin` */
  listDeployKeys(repository: Repository): Promise<RegisteredKey[]>;
  /** @throws `key-in-use`, `key-disabled`, `key-needs-admin` */
  addDeployKey(repository: Repository, key: Omit<RegisteredKey, 'id'>): Promise<RegisteredKey>;
  /** A key that is gone already is no failure. */
  removeDeployKey(repository: Repository, id: string): Promise<void>;
  /** Those that work. */
  listDeployTokens(repository: Repository): Promise<RegisteredToken[]>;
  /** User and password for reading over HTTPS, where keys are barred. Shown once by the server. */
  addDeployToken(repository: Repository, title: string): Promise<DeployToken>;
  /** A token that is gone already is no failure. */
  removeDeployToken(repository: Repository, id: string): Promise<void>;

  listHooks(repository: Repository): Promise<Hook[]>;
  /** Sends pushes there, signed with the secret. @throws `hook-refused` */
  addHook(repository: Repository, hook: { url: string; secret: Secret }): Promise<Hook>;
  /** A hook that is gone already is no failure. */
  removeHook(repository: Repository, id: string): Promise<void>;

  /** Looks first. `unsupported`: the plan or the server has no such thing; say that the branch is *not* protected. */
  protect(
    repository: Repository,
    branch: string,
    policy: BranchPolicy,
  ): Promise<'applied' | 'unchanged' | 'unsupported'>;
  /** Names of all of them, as they are written. */
  listLabels(repository: Repository): Promise<string[]>;
  addLabel(repository: Repository, label: Label): Promise<void>;
  /** The teams that have the repository, every page. GitHub and Gitea have them in organisations only. */
  listTeams(repository: Repository): Promise<TeamAccess[]>;
  /**
   * Gives a team the repository, with a role where that is the repository's to say.
   *
   * @param team GitHub: its slug in the organisation; GitLab: a group's whole path; Gitea: its name in the organisation
   */
  grantTeam(repository: Repository, team: string, role: TeamRole): Promise<void>;

  /** The open one from `head` into `base`. */
  findPull(repository: Repository, head: string, base: string): Promise<Pull | undefined>;
  /** @throws `pull-refused` */
  openPull(repository: Repository, pull: NewPull): Promise<Pull>;
  /** Title and body anew. */
  updatePull(repository: Repository, pull: Pull, text: { title: string; body: string }): Promise<Pull>;
  /** Adds a label that the repository has; those that are on it stay. */
  labelPull(repository: Repository, pull: Pull, label: string): Promise<void>;

  /** Lines of known_hosts that the provider's API vouches for; none where it has no such API. */
  sshHostKeys(): Promise<readonly string[]>;
}

/** Whose token it is. */
export interface Account {
  /** Name at the provider. A GitHub App's installation token and a plain server have none: `''`. */
  login: string;
  /** In a person's words: `fine-grained token`, `classic token`, `project token of a bot`. */
  tokenKind: string;
  /** User name that git sends with the token over HTTPS. */
  gitUser: string;
  /** Scopes, where the provider tells them. */
  scopes?: readonly string[];
  /** When the token ends, ISO 8601, where the provider tells it. */
  expires?: string;
}

/** Where repositories live. */
export interface Namespace {
  id: string;
  kind: 'user' | 'group';
  /** As the provider writes it: case may differ from what was asked. */
  path: string;
  /** It is the token's own account. */
  own: boolean;
  /** What its settings are known to forbid; unknown ones are absent. A hint, never a gate. */
  policy: {
    createsRepositories?: boolean;
    deployKeys?: boolean;
    /** False: the plan protects no branch of a private repository. */
    protectsPrivate?: boolean;
  };
}

/** `acme/fleet`, `acme/platform/fleet`: the last part is the name. */
export interface RepositoryRef {
  owner: string;
  name: string;
}

export interface NewRepository {
  name: string;
  visibility: 'private' | 'internal' | 'public';
  /** One line. */
  description: string;
  /** What the first push will be to. */
  branch: string;
}

/** A repository as the provider tells it; its addresses hold for git, ours are not made up. */
export interface Repository {
  /** Stays through renames. */
  id: string;
  /** `owner/name` as the provider writes it. */
  fullName: string;
  /** `https://…` for our push; never with a user or a token. */
  httpsUrl: string;
  /** As Flux takes it: `ssh://git@host[:port]/owner/name.git`. */
  sshUrl: string;
  webUrl: string;
  /** Absent while nothing was pushed, where the provider tells that. */
  defaultBranch?: string;
  archived: boolean;
  visibility: 'private' | 'internal' | 'public';
  /** What this token may do; absent where the provider does not tell. */
  admin?: boolean;
  push?: boolean;
}

/** A deploy key at the provider. */
export interface RegisteredKey {
  id: string;
  title: string;
  /** `ssh-ed25519 AAAA…`; a comment does not count and may be missing. */
  publicKey: string;
  readOnly: boolean;
}

/** A deploy token at the provider, which keeps its password to itself. */
export interface RegisteredToken {
  id: string;
  title: string;
  username: string;
}

export interface DeployToken {
  id: string;
  username: string;
  password: Secret;
}

export interface Hook {
  id: string;
  url: string;
  /** False when the provider, or a person, has switched it off. */
  active: boolean;
}

/** What the branch asks of people. Deletion and rewriting of history are forbidden always. */
export interface BranchPolicy {
  /** Changes come by pull request only. False: whoever may write may push, `flux bootstrap` too; the rest has no meaning. */
  pullRequests: boolean;
  /** 0: a pull request, but nobody else has to agree. */
  approvals: number;
  codeOwners: boolean;
  /** Flux itself pushes with a read-write key (image automation): let deploy keys pass. */
  deployKeysPass: boolean;
}

export interface Label {
  name: string;
  /** Six hex digits, without `#`. */
  color: string;
  description: string;
}

/** From little to much. */
export const teamRoles = ['read', 'write', 'admin'] as const;

export type TeamRole = (typeof teamRoles)[number];

/** What a team may do with a repository. */
export interface TeamAccess {
  /** As `grantTeam` takes it. */
  team: string;
  /** The greatest of these that its rights cover. */
  role: TeamRole;
}

/** A pull or merge request. */
export interface Pull {
  /** As people say it: `#12` without the sign. */
  number: number;
  url: string;
  title: string;
}

export interface NewPull {
  title: string;
  /** Markdown. */
  body: string;
  /** The branch with the change, in the same repository. */
  head: string;
  base: string;
}

/** A token and where it was found. */
export interface Credential {
  token: Secret;
  /** In a person's words, for messages: `GITHUB_TOKEN`, `gh auth token`, `--token-stdin`. */
  from: string;
}
