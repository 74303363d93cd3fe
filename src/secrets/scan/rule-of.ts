import type { RepoPath } from '../../tree/repo-path.ts';
import type { Inspection } from '../format/inspect-file.ts';
import type { CreationRule, SopsConfig } from '../sops-config/sops-config.ts';
import type { ScanContext } from './scan-rule.ts';
import type { ScannedFile } from './scanned-file.ts';

/** An encrypted file beside the rule of `.sops.yaml` that is for it. */
export interface RuledFile {
  inspection: Inspection;
  rule: CreationRule;
  config: SopsConfig;
}

/** Undefined for files that are not encrypted, cannot be looked into, or have no rule. */
export function ruleOf(file: ScannedFile, scan: ScanContext): RuledFile | undefined {
  const placed = scan.configFor(file.path);
  if (file.sealed === undefined || !('inspection' in file.sealed) || placed === undefined || placed === 'faulty')
    return undefined;
  const rule = firstRule(placed.config, placed.folder, file.path);
  return rule && { inspection: file.sealed.inspection, rule, config: placed.config };
}

/** The first rule that fits. A rule for one system's separator is taken for the other too. */
export function firstRule(config: SopsConfig, folder: RepoPath, path: RepoPath): CreationRule | undefined {
  const within = folder === '' ? path : path.slice(folder.length + 1);
  return (
    config.rules.find(({ isFor }) => isFor(within)) ??
    config.rules.find(({ isFor }) => isFor(within.replaceAll('/', '\\')))
  );
}
