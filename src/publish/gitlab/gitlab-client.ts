import {
  DeployKeys,
  DeployTokens,
  Groups,
  MergeRequests,
  Namespaces,
  PersonalAccessTokens,
  ProjectHooks,
  ProjectLabels,
  Projects,
  ProtectedBranches,
  Users,
} from '@gitbeaker/core';
import { attempt, attemptToFind } from '../failures/attempt.ts';
import type { Tried } from '../failures/cause.ts';
import type { PublishStep, Repository } from '../provider.ts';
import type { Server } from '../server.ts';
import { gitlabRequester } from './gitlab-requester.ts';

/** The part of GitLab's client that we use, behind our door. */
export type GitlabClient = ReturnType<typeof gitlabClient>;

/** gitbeaker has no token: the door brings it. */
export function gitlabClient(server: Server) {
  // Waiting is the door's business, so gitbeaker's own clock is off.
  const options = { host: server.web, requesterFn: gitlabRequester(server), queryTimeout: null };
  return {
    server,
    deployKeys: new DeployKeys(options),
    deployTokens: new DeployTokens(options),
    groups: new Groups(options),
    mergeRequests: new MergeRequests(options),
    namespaces: new Namespaces(options),
    personalAccessTokens: new PersonalAccessTokens(options),
    hooks: new ProjectHooks(options),
    labels: new ProjectLabels(options),
    projects: new Projects(options),
    protectedBranches: new ProtectedBranches(options),
    users: new Users(options),
    /** @throws ProviderError */
    attempt: <Result>(tried: Tried, work: () => Promise<Result>) => attempt(server, tried, work),
    /** Undefined for what is not there. @throws ProviderError */
    find: <Result>(tried: Tried, work: () => Promise<Result>) => attemptToFind(server, tried, work),
  };
}

/** What all writes of a project take. */
export const maintainer = 'scope api and the role Maintainer';

/** What was tried with a project. @param needs the role a step takes */
export function about(step: PublishStep, words: string, { fullName }: Repository, needs = maintainer): Tried {
  return { step, words: `${words} of ${fullName}`, repository: fullName, needs };
}
