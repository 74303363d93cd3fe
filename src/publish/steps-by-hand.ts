/** What is left for a person, since no API does it or the token may not. */
export interface ByHand {
  /** `acme/fleet` */
  repository: string;
  host: string;
  /** Undefined when it is protected, or need not be. */
  branch: string | undefined;
  /** True while nobody has made it. */
  isNew: boolean;
  /** By the cluster's name; public halves. */
  keys: readonly { title: string; publicKey: string; readOnly: boolean }[];
  /** Without one nothing is said of it. */
  hookUrl: string | undefined;
}

/** One sentence each, in the order they are done. Nothing in them is secret. */
export function stepsByHand({ repository, host, branch, isNew, keys, hookUrl }: ByHand): string[] {
  return [
    ...(isNew
      ? [`Make an empty private repository ${repository} on ${host}: no README, no licence, no .gitignore.`]
      : []),
    ...keys.map(({ title, publicKey, readOnly }) => {
      const rights = readOnly ? 'read only' : 'with write access';
      return `Add the deploy key "${title}" (${rights}): ${publicKey}`;
    }),
    ...(hookUrl === undefined
      ? []
      : [`Add a webhook for pushes to ${hookUrl}, as JSON, with the secret of the Receiver.`]),
    ...(branch === undefined ? [] : [`Protect ${branch}: no deletion, no force push, changes by review.`]),
  ];
}
