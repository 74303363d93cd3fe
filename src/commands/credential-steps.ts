import type { NextStep } from '../cli/outcome.ts';
import type { Model } from '../model/model.ts';
import { notificationSecret } from '../model/notifications.ts';
import type { NewCredential } from './new-credential.ts';
import { notificationSteps } from './notification-steps.ts';
import { teamSteps } from './team-steps.ts';

/** What a person does with a credential that was made. */
export function credentialSteps(model: Model, { owner, secret }: NewCredential): NextStep[] {
  const notification = Object.keys(model.notifications).find((name) => notificationSecret(name) === secret);
  if (notification !== undefined) return notificationSteps(model, notification);
  return owner.kind === 'team' ? teamSteps(model, owner.name) : [];
}
