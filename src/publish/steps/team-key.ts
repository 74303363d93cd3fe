import { createHash } from 'node:crypto';
import type { Step } from '../../step.ts';
import { ensureDeployKey, isSameKey, leftWriting } from '../ensure-deploy-key.ts';
import type { Repository } from '../provider.ts';
import type { Publishing } from '../publishing.ts';
import { repositoryOfTeam } from '../repository-of-team.ts';
import { canHaveKeys, keysIfVisible } from './deploy-key.ts';

/** A team whose repository is fetched with a key of its own. */
export interface TeamKey {
  team: string;
  /** `ssh://git@host/owner/name` */
  source: string;
  publicKey: string;
}

/** Registers the public half of a team's key at the team's repository. The private half is a Secret here already. */
export function teamKeyStep(publishing: Publishing, { team, source, publicKey }: TeamKey): Step {
  const { provider, found } = publishing;
  const lookUp = async (): Promise<Repository | undefined> => {
    const ref = found.repository && repositoryOfTeam(source, found.repository);
    return ref && provider.getRepository(ref);
  };
  return {
    id: `team-key-${team}`,
    title: `Let ${source} have the deploy key of team ${team}`,
    isIndependent: true,
    async isDone() {
      const repository = await lookUp();
      if (repository === undefined || !canHaveKeys(provider, repository)) return false;
      const keys = await keysIfVisible(publishing, repository);
      return keys.some((key) => key.readOnly && isSameKey(key.publicKey, publicKey));
    },
    async run() {
      const repository = await lookUp();
      if (repository === undefined)
        return { skipped: 'it is on another server, not there yet, or not visible to this account' };
      if (!canHaveKeys(provider, repository)) return { skipped: 'that takes administration rights there' };
      const key = { title: titleOf(publishing, team, publicKey), publicKey };
      return leftWriting(provider, await ensureDeployKey(publishing, repository, key));
    },
  };
}

/**
 * A team's repository may have keys of several platforms, and of a team that was there before; Gitea and GitLab take a title
 * once only. So it names this repository and the key.
 */
function titleOf({ found }: Publishing, team: string, publicKey: string): string {
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  const fingerprint = createHash('sha256').update(blob).digest('base64').slice(0, 8);
  return `flux team ${team} of ${found.repository?.fullName ?? 'this repository'} SHA256:${fingerprint}`;
}
