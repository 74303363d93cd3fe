/** An address that lets in whoever knows it, found in a text. */
export interface WebhookAddress {
  /** Whose it is, in words. */
  whose: string;
  /** Offset of the address, and what of it is no secret: its host. */
  at: number;
  host: string;
}

/**
 * What services call a webhook: the part that only its owner knows is the group `token`. Each is anchored at its host, and
 * no part of it can be matched in two ways, so that reading takes linear time.
 */
const services: readonly [whose: string, pattern: RegExp][] = [
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/
  ['Slack', /\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/\w+\/\w+\/(?<token>\w{8,})/g],
  // https://docs.discord.com/developers/resources/webhook
  ['Discord', /\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/(?<token>[\w-]{20,})/g],
  // https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
  ['Microsoft Teams', /\/\/[\w.-]+\.office(?:365)?\.com\/webhookb?2?\/[\w@-]+\/\w+\/(?<token>\w{16,})/g],
  [
    'Power Automate',
    /\/\/[\w.-]+\.(?:logic\.azure|api\.powerplatform)\.com(?::\d+)?\/[\w./-]+\?[^\s"'<>]*?\bsig=(?<token>[\w%-]{16,})/g,
  ],
  // https://developers.google.com/workspace/chat/quickstart/webhooks
  [
    'Google Chat',
    /\/\/chat\.googleapis\.com\/v\d\/spaces\/[\w-]+\/messages\?[^\s"'<>]*?\b(?:key|token)=(?<token>[\w%-]{12,})/g,
  ],
  ['Lark', /\/\/open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/(?<token>[\w-]{16,})/g],
  ['DingTalk', /\/\/oapi\.dingtalk\.com\/robot\/send\?[^\s"'<>]*?access_token=(?<token>\w{16,})/g],
  ['Telegram', /\/\/api\.telegram\.org\/bot\d+:(?<token>[\w-]{20,})/g],
  ['PagerDuty', /\/\/events\.(?:eu\.)?pagerduty\.com\/integration\/(?<token>\w{16,})/g],
  ['Zapier', /\/\/hooks\.zapier\.com\/hooks\/catch\/\d+\/(?<token>\w{5,})/g],
  // Mattermost: /hooks/<id>; Rocket.Chat: /hooks/<id>/<token>
  [
    'a chat',
    /\/\/[\w.-]+(?::\d+)?\/hooks\/(?:\w{16,}\/)?(?<token>(?=[a-zA-Z_]*\d)(?=\d*[a-zA-Z])[a-zA-Z\d]{20,})(?!\w)/g,
  ],
];

/** Quick, and never wrong when it says no. */
const sign =
  /\/\/[\w.:-]+\/(?:services|workflows|triggers|api|webhook|v\d|open-apis|robot|bot\d|integration|hooks|power)/;

/** Samples of documentation. */
const placeholder = /^(.)\1*$|your|example|token|webhook|placeholder|x{6}|0{8}|123456/i;

/** The addresses of webhooks in a text, each once; samples of documentation are none. */
export function webhookAddresses(text: string): WebhookAddress[] {
  if (!text.includes('://') || !sign.test(text)) return [];
  const found = new Map<number, WebhookAddress>();
  for (const [whose, pattern] of services)
    for (const { index, 0: address, groups } of text.matchAll(pattern)) {
      if (placeholder.test(groups?.token ?? '') || found.has(index)) continue;
      found.set(index, { whose, at: index, host: address.slice(2).split('/', 1)[0] ?? '' });
    }
  return [...found.values()].sort((one, other) => one.at - other.at);
}

/** Parameters of an address that let in whoever knows them. */
const parameter = /[?&](?:access_?token|api_?key|auth|key|secret|sig|signature|token)=(?<token>[^&#\s]{8,})/i;

/** A password after a name. */
const password = /^[a-z]+:\/\/[^/@:\s]*:(?<token>[^/@\s]{8,})@/i;

/** A name that nobody thinks up. Others are part of the address of a repository: `https://team@dev.azure.com/team/...`. */
const user = /^[a-z]+:\/\/(?<token>(?=\w*\d)(?=\w*[a-z])\w{20,})@/i;

/** Part of a path that nobody thinks up: letters and digits, mixed. */
const randomPart = /\/(?<token>(?=\w*\d)(?=\w*[A-Za-z])\w{20,})(?=[/?#]|$)/;

/** Chats make tokens of UUIDs; elsewhere they are names, of a project or a room. */
const uuid = /\/(?<token>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=[/?#]|$)/i;

/** Types of Providers whose address is all that is asked for. https://fluxcd.io/flux/components/notification/providers/ */
const byAddress = new Set(['slack', 'discord', 'msteams', 'rocket', 'googlechat', 'lark', 'generic']);

/**
 * Whether an address that a Provider sends to gives away how to send: a token in its path, its parameters or before its
 * host. Inside of the cluster nobody needs one.
 */
export function givesAwayToken(type: string, address: string): boolean {
  if (/\$\{|\{\{|ENC\[/.test(address) || /^[a-z]+:\/\/[\w-]+(?:\.[\w-]+\.svc\b|:\d+(?:\/|$)|\/|$)/i.test(address))
    return false;
  const parts = byAddress.has(type) ? [randomPart, ...(type === 'generic' ? [] : [uuid])] : [];
  return [parameter, password, user, ...parts].some((pattern) => {
    const token = pattern.exec(address)?.groups?.token;
    return token !== undefined && !placeholder.test(token);
  });
}
