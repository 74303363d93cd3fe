import { isScalar } from 'yaml';
import { createCommand } from '../create-advice.ts';
import { generatorItems } from '../generator-items.ts';
import { hidden, type ScanRule } from '../scan-rule.ts';

/** Values written into a kustomization. */
export const generatorLiterals: ScanRule = {
  id: 'secrets/generator-literals',
  severity: 'error',
  why: 'kustomize makes a Secret of them, but in the repository they are plain text, and SOPS cannot encrypt them there.',
  *find(file, { write }) {
    for (const { field, item, at, name } of generatorItems(file)) {
      if (field !== 'literals' || !isScalar(item)) continue;
      const text = String(item.value);
      const key = text.includes('=') ? text.slice(0, text.indexOf('=')) : 'value';
      if (text === `${key}=`) continue;
      yield {
        place: file.placeOf(at),
        message: `secretGenerator ${name} has ${key} as a literal`,
        fix: ['Remove the literal, and:', createCommand(file.path, { name }, write)],
        shown: `- ${key}=${hidden}`,
      };
    }
  },
};
