/** A path relative to the repository root: `/` between parts on every OS, no leading `./`, no `..`. */
export type RepoPath = string;
