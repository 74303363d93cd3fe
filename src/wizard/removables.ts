import type { Noun } from './addition.ts';

/** One kind of thing that `remove` takes away. */
interface Removable {
  /** For `--help`. */
  about: string;
  /** Whether the name must be said twice where nobody is asked. */
  needsConfirmation: boolean;
}

/** A new noun is a row here, and one in `commands/removal/removals.ts`. */
export const removables: Readonly<Record<Noun, Removable>> = {
  cluster: {
    about: 'Remove a cluster: its folder, and its key from everything that is encrypted. What runs on it stays.',
    needsConfirmation: true,
  },
  environment: { about: 'Remove an environment that has no cluster any more.', needsConfirmation: true },
  app: { about: 'Remove an app: Flux deletes what it applied; the namespace stays.', needsConfirmation: false },
  component: {
    about: 'Remove a component in phases: what it is configured with, its release, its account.',
    needsConfirmation: false,
  },
  team: {
    about: 'Remove a team in phases: what is applied for it, then its rights and limits. The namespace stays.',
    needsConfirmation: true,
  },
  notification: { about: 'Remove a notification, with its credential.', needsConfirmation: false },
};
