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
  /** One for each cluster that is told of commits. */
  hooks: readonly HookByHand[];
  grants: readonly { team: string; role: string }[];
}

/** A webhook that a person adds. */
export interface HookByHand {
  cluster: string;
  url: string;
  /** Where it is added, when that is another repository: a team's. */
  source: string | undefined;
  /** The command that shows its token; undefined where the token is not here. */
  show: string | undefined;
  /** The server signs in a header of its own making: it has no type that Flux knows. */
  isGeneric: boolean;
}

/** A thing to do, and what is copied for it. */
export interface StepByHand {
  text: string;
  commands: readonly string[];
}

/** In the order they are done. Nothing in them is secret. */
export function stepsByHand({ repository, host, branch, isNew, keys, hooks, grants }: ByHand): StepByHand[] {
  const said = (text: string, ...commands: string[]): StepByHand => ({ text, commands });
  const where = `${repository} on ${host}`;
  return [
    ...(isNew ? [said(`Make an empty private repository ${where}: no README, no licence, no .gitignore.`)] : []),
    ...keys.map(({ title, publicKey, readOnly }) =>
      said(`Add the deploy key "${title}" (${readOnly ? 'read only' : 'with write access'}) to ${where}:`, publicKey),
    ),
    ...hooks.map(({ cluster, url, source, show, isGeneric }) =>
      said(
        `Add a webhook to ${source ?? where}, so that ${cluster} hears of pushes: ${isGeneric ? 'its header X-Signature made with the token' : 'content type JSON, event push, the token as its secret'}:`,
        url,
        ...(show === undefined ? [] : [show]),
      ),
    ),
    ...grants.map(({ team, role }) => said(`Give ${team} the role ${role} in ${where}.`)),
    ...(branch === undefined ? [] : [said(`Protect ${branch} of ${where}: no deletion, no force push.`)]),
  ];
}
