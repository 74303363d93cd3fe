import { describe, expect, it } from 'vitest';
import { connected, fleet } from './connected.ts';

const basic = { pullRequests: false, approvals: 0, codeOwners: false, deployKeysPass: true };
const pulls = { ...basic, pullRequests: true };
const rule = '/repos/acme/fleet/branch_protections/main';

async function protecting(there: Record<string, unknown>) {
  const found = { status: 200, json: { rule_name: 'main', ...there } };
  return connected('gitea', { [`GET ${rule}`]: found, [`PATCH ${rule}`]: { status: 200, json: {} } });
}

describe('a branch on Gitea that is protected already', () => {
  const strict = { enable_push: false, enable_push_whitelist: false, required_approvals: 2 };

  it('is left alone where no pull requests are asked for', async () => {
    const { provider, asked } = await protecting({ ...strict, block_on_codeowner_reviews: true });
    expect(await provider.protect(fleet, 'main', basic)).toBe('unchanged');
    expect(asked()).toEqual([`GET ${rule}`]);
  });

  it('keeps a list of who may push, and more approvals than are asked for', async () => {
    const list = { enable_push: true, enable_push_whitelist: true, push_whitelist_deploy_keys: false };
    for (const there of [strict, { ...strict, ...list }]) {
      const { provider, asked } = await protecting({ ...there, block_on_codeowner_reviews: true });
      expect(await provider.protect(fleet, 'main', { ...pulls, approvals: 1 })).toBe('unchanged');
      expect(asked()).toEqual([`GET ${rule}`]);
    }
  });

  it('is made as strict as is asked, without losing what is stricter', async () => {
    const open = { enable_push: true, enable_push_whitelist: false, push_whitelist_deploy_keys: false };
    const { provider, server } = await protecting({ ...strict, ...open, block_on_codeowner_reviews: false });
    expect(await provider.protect(fleet, 'main', { ...pulls, codeOwners: true })).toBe('applied');
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual({
      ...{ enable_push: true, enable_push_whitelist: true, push_whitelist_deploy_keys: true },
      ...{ required_approvals: 2, block_on_codeowner_reviews: true },
    });
  });
});
