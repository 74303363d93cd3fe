/** How a Provider authenticates, and where it sends. */
export interface Way {
  /** Keys of its Secret: https://fluxcd.io/flux/components/notification/providers/#secret-reference */
  keys: readonly string[];
  /**
   * A fixed address; `repository` for the one that Flux follows; `own` for one that a person has: the model's, or else the
   * Secret's. Absent where there is none, or where it is a credential and so among the keys.
   */
  address?: string;
  /** It has to be told the channel. */
  needsChannel?: true;
}

/** What one type of notification needs, and what it can use. */
export interface NotificationType {
  /** What people call it. */
  title: string;
  /** `webhook` is the other direction: the repository's server tells Flux of a commit. */
  sends: 'messages' | 'commit statuses' | 'comments' | 'webhook';
  /** Every way to authenticate, the usual one first. */
  ways: readonly [Way, ...Way[]];
  /** What its channel is; absent where it has none. */
  channel?: string;
  /** It shows a name of ours as the sender. */
  username?: true;
  /** It can go through a proxy. */
  proxy?: true;
  /** It can be given certificates. */
  certificate?: true;
}

type Traits = Omit<NotificationType, 'title' | 'sends' | 'ways'>;

const address: Way = { keys: ['address'] };
const own = (...keys: string[]): Way => ({ keys, address: 'own' });
const at = (fixed: string, ...keys: string[]): Way => ({ keys, address: fixed });
const toChannel = (way: Way): Way => ({ ...way, needsChannel: true });
const basic = own('username', 'password');
const both: Traits = { proxy: true, certificate: true };

const row =
  (sends: NotificationType['sends']) =>
  (title: string, traits: Traits, ...ways: [Way, ...Way[]]): NotificationType => ({ title, sends, ways, ...traits });
const messages = row('messages');
const statuses = row('commit statuses');
const comments = row('comments');

/** https://fluxcd.io/flux/components/notification/providers/#github-app: the installation by its number, or its owner's name */
const githubApp = (by: string) => at('repository', 'githubAppID', by, 'githubAppPrivateKey');
const github: [Way, ...Way[]] = [
  at('repository', 'token'),
  githubApp('githubAppInstallationID'),
  githubApp('githubAppInstallationOwner'),
];

/** The types of Flux 2.9's Provider, in the order in which they are offered, and `receiver` for its Receiver. */
const rows: Readonly<Record<string, NotificationType>> = {
  slack: messages(
    'Slack',
    { channel: 'a channel, for example alerts', username: true, ...both },
    address,
    // A bot is a member of several channels: https://docs.slack.dev/reference/methods/chat.postMessage
    toChannel(at('https://slack.com/api/chat.postMessage', 'token')),
  ),
  msteams: messages('Microsoft Teams', both, address),
  discord: messages('Discord', { username: true, proxy: true }, address),
  googlechat: messages('Google Chat', { proxy: true }, address),
  rocket: messages('Rocket.Chat', { channel: 'a channel, for example alerts', username: true, ...both }, address),
  lark: messages('Lark', {}, address),
  telegram: messages(
    'Telegram',
    { channel: 'a chat: @name, or its number', proxy: true },
    toChannel({ keys: ['token'] }),
  ),
  matrix: messages('Matrix', { channel: 'a room: !id:example.org', certificate: true }, toChannel(own('token'))),
  webex: messages(
    'Webex',
    { channel: 'the ID of a room', ...both },
    toChannel(at('https://webexapis.com/v1/messages', 'token')),
  ),
  zulip: messages('Zulip', { channel: 'CHANNEL/TOPIC', ...both }, toChannel(basic)),
  pagerduty: messages(
    'PagerDuty',
    { channel: 'the integration key of a service', ...both },
    toChannel(at('https://events.pagerduty.com')),
  ),
  opsgenie: messages('Opsgenie', both, at('https://api.opsgenie.com/v2/alerts', 'token')),
  datadog: messages('Datadog', both, at('https://api.datadoghq.com', 'token')),
  sentry: messages('Sentry', { channel: 'its environment', certificate: true }, address),
  grafana: messages('Grafana annotations', both, own('token'), basic),
  alertmanager: messages('Prometheus Alertmanager', both, own(), own('token'), basic),
  otel: messages('OpenTelemetry traces', both, own(), own('token'), basic),
  nats: messages(
    'NATS',
    { channel: 'a subject' },
    toChannel(own('creds')),
    toChannel(own('nkey')),
    toChannel(basic),
    toChannel(own()),
  ),
  googlepubsub: messages('Google Pub/Sub', { channel: 'a topic' }, toChannel(own('token')), toChannel(own())),
  azureeventhub: messages(
    'Azure Event Hub',
    { channel: 'a namespace', proxy: true },
    address,
    toChannel(own('token')),
    toChannel(own()),
  ),
  generic: messages('A webhook', both, own(), own('headers')),
  'generic-hmac': messages('A webhook that checks a signature', both, own('token')),
  githubdispatch: messages('GitHub repository dispatch', both, ...github),
  github: statuses('GitHub', both, ...github),
  gitlab: statuses('GitLab', { certificate: true }, at('repository', 'token')),
  gitea: statuses('Gitea or Forgejo', both, at('repository', 'token')),
  bitbucket: statuses('Bitbucket', { certificate: true }, own('token')),
  bitbucketserver: statuses('Bitbucket Server', { certificate: true }, own('token'), basic),
  azuredevops: statuses('Azure DevOps', both, own('token'), own()),
  githubpullrequestcomment: comments('GitHub pull requests', both, ...github),
  gitlabmergerequestcomment: comments('GitLab merge requests', { certificate: true }, at('repository', 'token')),
  giteapullrequestcomment: comments('Gitea pull requests', both, at('repository', 'token')),
  receiver: row('webhook')("The repository's server", {}, { keys: ['token'] }),
};

/** Every type by its word on the command line. */
export const notificationTypes: ReadonlyMap<string, NotificationType> = new Map(Object.entries(rows));

/** Every key that the Secret of some notification may have. */
export const credentialKeys: readonly string[] = [
  ...new Set(['address', ...[...notificationTypes.values()].flatMap(({ ways }) => ways.flatMap(({ keys }) => keys))]),
];

/** The ways of a type to authenticate, as people say them: `token`, `username+password`. */
export function waysOf(type: string): string[] {
  return (notificationTypes.get(type)?.ways ?? []).map(({ keys }) => wayText(keys));
}

/** One of them. */
function wayText(keys: readonly string[]): string {
  return keys.join('+') || 'none';
}

/**
 * How one authenticates, where that is not the usual way.
 * @param chosen as `waysOf` says it
 * @param named keys that values were named for
 */
export function unusualCredential(
  type: string,
  chosen: string | undefined,
  named: Iterable<string> = [],
): string[] | undefined {
  const ways = notificationTypes.get(type)?.ways ?? [];
  const given = [...named].filter((key) => key !== '' && key !== 'address').sort();
  const meant =
    chosen === undefined
      ? ways.find(({ keys }) => given.length > 0 && String([...keys].sort()) === String(given))
      : ways.find(({ keys }) => wayText(keys) === chosen);
  return meant === undefined || meant === ways[0] ? undefined : [...meant.keys];
}
