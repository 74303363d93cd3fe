import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/publish/publish-journal.ts';
import type { Publishing } from '../../src/publish/publishing.ts';
import { protectStep } from '../../src/publish/steps/protect.ts';
import { connected, fleet } from './connected.ts';

const policy = { pullRequests: false, approvals: 0, codeOwners: false, deployKeysPass: true };
const route = '/repos/acme/fleet/rulesets';

test('a branch that the plan does not protect is said to be unprotected each time, until it is protected', async () => {
  const home = mkdtempSync(join(tmpdir(), 'protect-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  let isPaid = false;
  const message = 'Upgrade to GitHub Pro or make this repository public to enable this feature.';
  const { provider } = await connected('github', {
    [`GET ${route}`]: () => (isPaid ? { status: 200, json: [] } : { status: 403, json: { message } }),
    [`POST ${route}`]: { status: 201, json: {} },
  });
  const { signal } = new AbortController();
  const nextRun = async () => {
    const journal = await openJournal(join(home, 'state.json'), { host: provider.host, repository: 'acme/fleet' });
    const publishing = { provider, journal, local: { branch: 'main' }, found: { repository: fleet } };
    const step = protectStep(publishing as unknown as Publishing, policy);
    return (await step.isDone(signal)) ? 'done before' : ((await step.run(signal))?.skipped ?? 'did it');
  };
  expect(await nextRun()).toContain('main is not protected');
  expect(await nextRun()).toContain('main is not protected');
  isPaid = true;
  expect([await nextRun(), await nextRun()]).toEqual(['did it', 'done before']);
});
