import type { Model } from './model.ts';
import { transportOf } from './team-source.ts';

/** How a server says that there is a commit: https://fluxcd.io/flux/components/notification/receivers/#supported-receiver-types */
export interface ReceiverType {
  type: 'github' | 'gitlab' | 'generic-hmac';
  /** What it tells of that Flux listens to; none where the type cannot tell. */
  events: readonly string[];
}

const github: ReceiverType = { type: 'github', events: ['ping', 'push'] };
const gitlab: ReceiverType = { type: 'gitlab', events: ['Push Hook'] };
/** Whoever calls signs what they send; `generic` would take anybody who knows the path. */
const signed: ReceiverType = { type: 'generic-hmac', events: [] };

/** Gitea signs as GitHub does. */
const ofProvider: Readonly<Record<string, ReceiverType>> = { github, gitlab, gitea: github };
const ofServer: Readonly<Record<string, ReceiverType>> = { 'github.com': github, 'gitlab.com': gitlab };

/** The type for this repository's server, or for that of a team's own. */
export function receiverType(model: Model, team?: string): ReceiverType {
  const source = team === undefined ? undefined : model.teams[team]?.source;
  if (source === undefined || transportOf(source) === undefined) return ofProvider[model.repository.provider] ?? signed;
  const { hostname } = new URL(source);
  return (Object.hasOwn(ofServer, hostname) ? ofServer[hostname] : undefined) ?? signed;
}

/** The host name under which webhooks come in, with its variable. */
export const webhookHost = 'flux-webhook.${domain:=example.internal}';
