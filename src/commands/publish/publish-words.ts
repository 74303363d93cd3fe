import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { type ExpectedError, usageError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { againWords } from '../again.ts';
import { isHere } from '../folder-words.ts';
import type { Publishable } from './prepare-publishing.ts';
import type { PublishHow } from './run-publishing.ts';

/** The command that publishes, or goes on with it, as the person has reached the server. */
export function publishCommand(
  { shown }: Pick<Publishable, 'shown'>,
  { keysDirectory, caFile, protection }: Pick<PublishHow, 'keysDirectory' | 'caFile' | 'protection'>,
): string {
  const words = againWords(['publish', ...(isHere(shown) ? [] : ['-C', shown])], {
    ...{ directory: undefined, keysDirectory, caFile },
  });
  return `${npx} ${shellCommand([...words, ...(protection === 'basic' ? [] : ['--protection', protection]), '--yes'])}`;
}

export function needsConsent(what: Publishable, how: PublishHow): ExpectedError {
  return usageError('cannot ask whether to publish this', {
    code: 'needs-consent',
    why: ['There is no terminal to ask at, or asking is off.'],
    hint: `${publishCommand(what, how)}, or with --dry-run to look first`,
  });
}

/** Whether the model says where the repository is to be published. */
export function isPublishable({ repository: { provider, owner, host } }: Model): boolean {
  return provider !== 'none' && owner !== undefined && (host !== undefined || !['git', 'gitea'].includes(provider));
}

export function withoutProvider(hint: string): ExpectedError {
  return usageError('flux-repo.yaml does not say where to publish', {
    code: 'no-provider',
    why: [
      'repository needs a provider (github, gitlab, gitea or git), an owner, and for a server of your own its host.',
    ],
    hint,
  });
}
