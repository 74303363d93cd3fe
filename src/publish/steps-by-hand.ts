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

/** A thing to do, and what is copied for it. */
export interface StepByHand {
  text: string;
  commands: readonly string[];
}

/** In the order they are done. Nothing in them is secret. */
export function stepsByHand({ repository, host, branch, isNew, keys, hookUrl }: ByHand): StepByHand[] {
  const said = (text: string, ...commands: string[]): StepByHand => ({ text, commands });
  const where = `${repository} on ${host}`;
  return [
    ...(isNew ? [said(`Make an empty private repository ${where}: no README, no licence, no .gitignore.`)] : []),
    ...keys.map(({ title, publicKey, readOnly }) =>
      said(`Add the deploy key "${title}" (${readOnly ? 'read only' : 'with write access'}) to ${where}:`, publicKey),
    ),
    ...(hookUrl === undefined
      ? []
      : [said(`Add a webhook for pushes to ${where}, as JSON, with the secret of the Receiver:`, hookUrl)]),
    ...(branch === undefined ? [] : [said(`Protect ${branch} of ${where}: no deletion, no force push.`)]),
  ];
}
