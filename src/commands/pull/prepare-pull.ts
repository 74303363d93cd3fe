import type { ChangeOptions } from '../../cli/change-options.ts';
import type { Io } from '../../cli/io.ts';
import { npx } from '../../cli/program.ts';
import { ExpectedError } from '../../errors.ts';
import { requireGitForTokens } from '../../git/git-version.ts';
import { branchChange, branchStep, topicBranch } from '../../git/topic-branch.ts';
import { isWrite } from '../../plan/plan.ts';
import { remoteOf } from '../../publish/publishing.ts';
import type { Redactor } from '../../publish/redactor.ts';
import { labelPullStep, type PullPlan, pullRequestStep, pushTopicStep } from '../../publish/steps/pull-request.ts';
import type { Step } from '../../step.ts';
import type { Proposal } from '../proposal.ts';
import { gitLogin, reachProvider } from '../publish/reach-provider.ts';
import { pullText } from './pull-text.ts';

/** What `--pull-request` does around a change. */
export interface PullSteps {
  plan: PullPlan;
  /** Before the files are written. */
  before: readonly Step[];
  /** After the commit. */
  after: readonly Step[];
  redact: Redactor;
}

/**
 * Looks whether the change can go to a branch and a pull request. Reads only. Undefined when there is none: nothing is to
 * be written, and the branch here has nothing that is not in the main one.
 *
 * @throws ExpectedError `branch-exists`, `not-published`, ProviderError
 */
export async function preparePull(io: Io, proposal: Proposal, options: ChangeOptions): Promise<PullSteps | undefined> {
  const { repository, title } = proposal;
  const call = { cwd: repository.root, env: io.env, signal: io.signal };
  const base = repository.model.repository.branch;
  const { plan: planned, forgotten = [] } = proposal;
  const isIdle = !planned.changes.some(isWrite) && forgotten.length === 0;
  if (isIdle && (await branchChange(base, call)).subjects.length === 0) return undefined;
  const head = await topicBranch(base, title, call);
  const reached = await reachProvider(io, repository.model, { tokenStdin: false, caFile: options.caFile });
  if (reached.credential !== undefined) await requireGitForTokens(call);
  const { provider, ref, web, caFile, redact } = reached;
  const login = await gitLogin(reached);
  const there = await provider.getRepository(ref);
  if (there === undefined) throw notPublished(`${ref.owner}/${ref.name} on ${provider.host}`);
  const remote = remoteOf({ provider, git: { call, login, caFile, web, redact } }, there);
  const plan: PullPlan = {
    ...{ provider, remote, head, base },
    repository: there,
    text: async () => {
      const { title: told, body } = await pullText(proposal, base, call);
      return { title: told, body: redact(body) };
    },
    isPushed: false,
    isOpened: false,
  };
  const label = provider.can.has('labels') ? [labelPullStep(plan)] : [];
  const after = [pushTopicStep(plan), pullRequestStep(plan), ...label];
  return { plan, redact, before: [branchStep(head, call)], after };
}

function notPublished(where: string): ExpectedError {
  return new ExpectedError({
    code: 'not-published',
    exitCode: 1,
    message: `${where} is not there, or not visible to this account`,
    why: ['A pull request needs a published repository. Nothing was written.'],
    hint: `${npx} publish, or --commit without --pull-request`,
  });
}
