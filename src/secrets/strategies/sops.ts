import { readSopsConfig } from '../sops-config/read-sops-config.ts';
import { sealManifest } from '../values/seal-manifest.ts';
import { secretManifest } from '../values/secret-manifest.ts';
import type { StrategyRow } from './secret-strategy.ts';

const configPath = '.sops.yaml';

/** Encrypted in git for the keys that `.sops.yaml` names; Flux decrypts. */
export const sops: StrategyRow = {
  id: 'sops',
  async seal({ declared, values }, { read, now }) {
    const config = await readSopsConfig({ file: configPath, text: read(configPath) ?? '' });
    const sealed = await sealManifest(declared.path, secretManifest(declared, values), { config, now });
    return { ...sealed, warnings: [] };
  },
  checklist: () => [],
};
