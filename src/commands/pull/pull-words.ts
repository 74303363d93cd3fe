import type { NextStep, Outcome } from '../../cli/outcome.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import type { PullPlan } from '../../publish/steps/pull-request.ts';
import type { PullSteps } from './prepare-pull.ts';

/** Where the change is reviewed, and the way back. */
export function pullNextSteps({ pull, provider, repository, head, base }: PullPlan): NextStep[] {
  const where =
    pull === undefined
      ? `Open a pull request from ${head} into ${base} at ${repository.webUrl} on ${provider.host}.`
      : `Let it be reviewed: ${pull.url}`;
  const back = shellCommand(['git', 'switch', base]);
  return [{ text: `${where} You are on branch ${head}; when it is merged:`, commands: [`${back} && git pull`] }];
}

/** The outcome of a change with what is known of its pull request. */
export function withPull(outcome: Outcome, { plan: { pull, head }, redact }: PullSteps): Outcome {
  const pullRequest = { branch: head, ...(pull && { number: pull.number, url: pull.url }) };
  return { ...outcome, redact, result: { ...outcome.result, pullRequest } };
}
