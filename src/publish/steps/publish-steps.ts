import type { Model } from '../../model/model.ts';
import { credentialOfRepository } from '../../model/repository-credential.ts';
import { inOrder } from '../../model/units.ts';
import type { Step } from '../../step.ts';
import type { BranchPolicy } from '../provider.ts';
import type { Publishing } from '../publishing.ts';
import { createRepositoryStep } from './create-repository.ts';
import { defaultBranchStep } from './default-branch.ts';
import { deployKeyStep } from './deploy-key.ts';
import { deployTokenStep } from './deploy-token.ts';
import { labelStep } from './label.ts';
import { protectStep } from './protect.ts';
import { pushStep } from './push.ts';
import { rememberOriginStep } from './remember-origin.ts';
import { teamAccessStep } from './team-access.ts';
import { teamKeyStep } from './team-key.ts';
import { type WantedHook, webhookStep } from './webhook.ts';

/** What is to become of the branch: `none` leaves it to people. */
export const protections = ['basic', 'pull-requests', 'none'] as const;

export type Protection = (typeof protections)[number];

const policyOf = (protection: Protection): BranchPolicy => ({
  pullRequests: protection === 'pull-requests',
  approvals: 0,
  codeOwners: false,
  deployKeysPass: true,
});

/** All of publishing, in order; protection comes last, since it may keep a push out. */
export function publishSteps(
  publishing: Publishing,
  model: Model,
  how: { keysFolder: string; protection: Protection; hooks: readonly WantedHook[] },
): Step[] {
  const { can } = publishing.provider;
  const teams = inOrder(model.teams).flatMap(([team, { source, deployKey }]) =>
    deployKey === undefined || !source.startsWith('ssh://') ? [] : [{ team, source, publicKey: deployKey }],
  );
  const grants = inOrder(model.repository.access).map(([team, role]) => ({ team, role }));
  return [
    ...(can.has('repository') ? [createRepositoryStep(publishing)] : []),
    pushStep(publishing),
    ...(can.has('default-branch') ? [defaultBranchStep(publishing)] : []),
    rememberOriginStep(publishing),
    ...readingSteps(publishing, model, how.keysFolder),
    ...(can.has('deploy-key') ? teams.map((team) => teamKeyStep(publishing, team)) : []),
    ...(can.has('webhook') ? how.hooks.map((hook) => webhookStep(publishing, hook)) : []),
    ...(can.has('labels') ? [labelStep(publishing)] : []),
    ...(can.has('teams') ? grants.map((grant) => teamAccessStep(publishing, grant)) : []),
    ...(can.has('protect') && how.protection !== 'none' ? [protectStep(publishing, policyOf(how.protection))] : []),
  ];
}

/** What each cluster reads the repository with, as far as the provider makes it. */
function readingSteps(publishing: Publishing, model: Model, keysFolder: string): Step[] {
  const clusters = inOrder(model.clusters).map(([cluster]) => cluster);
  switch (credentialOfRepository(model)) {
    case 'deploy-key':
      return clusters.map((cluster) => deployKeyStep(publishing, cluster, keysFolder));
    case 'deploy-token':
      return clusters.map((cluster) => deployTokenStep(publishing, cluster, keysFolder));
    default:
      return [];
  }
}
