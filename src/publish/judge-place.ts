import type { FailureFacts } from './failure.ts';
import { withoutKeys } from './failures/without-keys.ts';
import type { Judgement, Publication } from './preflight.ts';
import type { Namespace, Provider, Repository } from './provider.ts';

const openness: Readonly<Record<Repository['visibility'], number>> = { private: 0, internal: 1, public: 2 };

/** What stands against a repository that is there. Whether it has commits, git tells. */
export function judgeRepository(repository: Repository, provider: Provider, publication: Publication): Judgement[] {
  const { ref, visibility, steps } = publication;
  const { fullName, webUrl } = repository;
  const { host, kind } = provider;
  const asked = `${ref.owner}/${ref.name}`;
  const judgements: Judgement[] = [];
  const say = (severity: Judgement['severity'], facts: Omit<FailureFacts, 'step'>) =>
    judgements.push({ severity, facts: { step: 'repository', ...facts } });

  if (fullName.toLowerCase() !== asked.toLowerCase())
    say('error', {
      code: 'repository-moved',
      message: `${asked} on ${host} was renamed: it is ${fullName} now`,
      why: ['The old name is a redirect, which ends when somebody takes the name.'],
      hint: `Write the new name into flux-repo.yaml: owner and name of the repository are ${fullName}.`,
    });
  if (repository.archived)
    say('error', {
      code: 'repository-archived',
      message: `${fullName} on ${host} is archived`,
      why: ['Nothing can be written to an archived repository.'],
      hint: `Unarchive it in its settings (${webUrl}), or name another one with --repository.`,
      fixUrl: webUrl,
    });
  if (repository.push === false)
    say('error', {
      code: 'auth-scope',
      message: `the account of ${publication.tokenFrom} may not push to ${fullName} on ${host}`,
      why: ['The provider tells that the account may read it only.'],
      hint:
        kind === 'gitlab'
          ? 'Ask a Maintainer for the role Maintainer.'
          : 'Ask an admin of the repository for write access.',
    });
  else if (kind === 'gitlab' && repository.admin === false && repository.defaultBranch === undefined)
    say('error', {
      code: 'no-first-push',
      message: `${fullName} on ${host} is empty, and the first push to it takes the role Maintainer`,
      why: ['A Developer may not make the default branch.'],
      hint: 'Ask a Maintainer or Owner for that role, or let one run the same command.',
    });
  const makesKeys = steps.has('deploy-key') || steps.has('deploy-token');
  if (repository.admin === false && repository.push !== false && makesKeys)
    say('warning', keysNeedAdmin(repository, provider, steps.has('deploy-token')));
  const differs = {
    code: 'repository-differs',
    message: `${fullName} on ${host} is ${repository.visibility}, not ${visibility}`,
    fixUrl: webUrl,
  } as const;
  if (openness[repository.visibility] > openness[visibility])
    say('error', {
      ...differs,
      why: ['More people than flux-repo.yaml allows would read what is pushed.'],
      hint: `Make it ${visibility} in its settings (${webUrl}), or write visibility: ${repository.visibility} under repository in flux-repo.yaml, apply that with --commit, and publish again.`,
    });
  else if (repository.visibility !== visibility)
    say('warning', {
      ...differs,
      why: ['It was there before; its settings are left as they are.'],
      hint: 'Change it in its settings if that is not meant.',
    });
  return judgements;
}

/** Whether the branch can be protected there, as far as the account's plan is told. */
export function judgeProtection(
  { path, policy }: Namespace,
  visibility: Repository['visibility'],
  { host }: Provider,
  { branch, steps }: Publication,
): Judgement[] {
  if (policy.protectsPrivate !== false || visibility === 'public' || !steps.has('protect')) return [];
  return [
    {
      severity: 'warning',
      facts: {
        code: 'plan-limit',
        step: 'protect',
        message: `${branch} will not be protected: the plan of ${path} on ${host} has that for public repositories only`,
        why: ['The provider tells the plan of the account.'],
        hint: 'Go on without it, or upgrade the plan and publish again.',
      },
    },
  ];
}

/** What stands against a new repository in this place. */
export function judgeNamespace(namespace: Namespace, { host, can }: Provider, publication: Publication): Judgement[] {
  const { kind, own, path, policy } = namespace;
  const judgements: Judgement[] = [];
  if (kind === 'user' && !own)
    judgements.push({
      severity: 'error',
      facts: {
        code: 'owner-mismatch',
        step: 'namespace',
        message: `${path} on ${host} is somebody else's account`,
        why: ['Only its own user can create repositories there.'],
        hint: `Take a token of ${path}, or name an organisation with --owner.`,
      },
    });
  if (policy.createsRepositories === false)
    judgements.push({
      severity: 'error',
      facts: {
        code: 'repository-barred',
        step: 'namespace',
        message: `members may not create repositories in ${path} on ${host}`,
        why: ['Its settings say so.'],
        hint: 'Ask an owner to create the repository empty, then run the same command again: it takes an empty one over.',
      },
    });
  if (policy.deployKeys === false && can.has('deploy-key') && publication.steps.has('deploy-key'))
    judgements.push({
      severity: 'warning',
      facts: {
        code: 'key-disabled',
        step: 'deploy-key',
        message: `deploy keys are disabled in ${path} on ${host}`,
        why: ['Its settings say so; new organisations begin like that.'],
        hint: `Ask an owner to enable them, or ${withoutKeys}`,
      },
    });
  return judgements;
}

function keysNeedAdmin(
  { fullName }: Repository,
  { host, kind }: Provider,
  areTokens: boolean,
): Omit<FailureFacts, 'step'> {
  const role = kind === 'gitlab' ? 'Maintainer' : 'admin';
  return {
    code: 'key-needs-admin',
    message: `deploy ${areTokens ? 'tokens' : 'keys'} of ${fullName} on ${host} need administration rights`,
    why: [`The provider tells that the account is not ${role} there.`],
    hint: areTokens
      ? `A person with the role ${role} runs the same command: a token is told once, to whoever makes it.`
      : `The public key will be printed for a person with the role ${role} to add.`,
  };
}
