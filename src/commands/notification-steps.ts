import type { NextStep } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { receiverRows } from '../generators/notification-rows.ts';
import { type DeclaredSecret, declaredSecrets } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { knownNotification, notificationSecret } from '../model/notifications.ts';
import { receiverType } from '../model/receiver.ts';
import { strategyOf } from '../model/settings.ts';
import { inOrder } from '../model/units.ts';
import { strategies } from '../secrets/strategies/strategies.ts';
import { isPublishable } from './publish/publish-words.ts';

/** What a person does for a notification once its files are written. */
export function notificationSteps(model: Model, name: string): NextStep[] {
  const said = model.notifications[name];
  const known = said && knownNotification(name, said);
  if (known === undefined) return [];
  const owner = known.said.team ?? name;
  const secrets = declaredSecrets(model).filter(
    (secret) => secret.name === notificationSecret(name) && secret.owner.name === owner,
  );
  const brought = secrets.flatMap((secret) => strategies[strategyOf(model)].checklist(secret, model));
  return [...brought, ...(known.row.sends === 'webhook' ? [registration(model, name, secrets)] : [])];
}

/** The same for all of them. */
export function allNotificationSteps(model: Model): NextStep[] {
  return inOrder(model.notifications).flatMap(([name]) => notificationSteps(model, name));
}

/** GitHub, GitLab and Gitea call it content type, secret and events; other servers sign in a hook of their own. */
function registration(model: Model, name: string, [secret]: readonly DeclaredSecret[]): NextStep {
  const address =
    receiverRows(model)
      .find((row) => row.name === name)
      ?.address.replaceAll('`', '') ?? '';
  const isSigned = receiverType(model, model.notifications[name]?.team).type === 'generic-hmac';
  const how = isSigned
    ? 'its header X-Signature made with the token'
    : 'content type JSON, event push, the token as its secret';
  const canShow = secret !== undefined && strategyOf(model) === 'sops';
  const registers =
    isSigned || !isPublishable(model) ? '' : `"${npx} publish" does it where the variable domain is set. By hand: `;
  return {
    text: `Register a webhook at the repository's server, for each cluster: ${registers}${how}. DOMAIN is the cluster's variable domain:`,
    commands: [address, ...(canShow ? [`${npx} ${shellCommand(['secrets', 'show', secret.path, 'token'])}`] : [])],
  };
}
