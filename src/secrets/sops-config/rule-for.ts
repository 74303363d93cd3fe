import { ExpectedError } from '../../errors.ts';
import type { CreationRule, SopsConfig } from './sops-config.ts';

/**
 * The rule a file is encrypted by: the first that fits its path.
 *
 * @param path from the folder of `.sops.yaml`, with `/`
 * @param separator what stands between its folders where SOPS runs: `\` on Windows
 * @throws ExpectedError `sops-no-rule`
 */
export function ruleFor(config: SopsConfig, path: string, separator: '/' | '\\' = '/'): CreationRule {
  const asThere = path.replaceAll('/', separator);
  const rule = config.rules.find(({ isFor }) => isFor(asThere));
  if (rule !== undefined) return rule;
  throw new ExpectedError({
    code: 'sops-no-rule',
    exitCode: 1,
    message: `cannot encrypt ${path}: no rule in ${config.file} is for it`,
    why: config.rules.map(({ line, pathRegex }) => `Line ${line} is for ${pathRegex}`),
    hint: `Add a rule for its folder to ${config.file}, or put the file where one is.`,
  });
}
