import { brokenFile } from './rules/broken-file.ts';
import { conflictMarkers } from './rules/conflict-markers.ts';
import { damagedValue } from './rules/damaged-value.ts';
import { dockerConfig } from './rules/docker-config.ts';
import { exposedValue } from './rules/exposed-value.ts';
import { fileName } from './rules/file-name.ts';
import { generatorFiles } from './rules/generator-files.ts';
import { generatorLiterals } from './rules/generator-literals.ts';
import { keyFile } from './rules/key-file.ts';
import { kubeconfig } from './rules/kubeconfig.ts';
import { noRule } from './rules/no-rule.ts';
import { notEncrypted } from './rules/not-encrypted.ts';
import { notLookedInto } from './rules/not-looked-into.ts';
import { otherEnvironment } from './rules/other-environment.ts';
import { plainComment } from './rules/plain-comment.ts';
import { plainSecret } from './rules/plain-secret.ts';
import { privateKey } from './rules/private-key.ts';
import { recipientsDiffer } from './rules/recipients-differ.ts';
import { ruleDiffers } from './rules/rule-differs.ts';
import { ruleNotGo } from './rules/rule-not-go.ts';
import { ruleWithoutMatch } from './rules/rule-without-match.ts';
import { unreadableSecret } from './rules/unreadable-secret.ts';
import { webhookAddress } from './rules/webhook-address.ts';
import type { ScanRule } from './scan-rule.ts';

/** The rules that look at one file after the other; `.sops.yaml` and comments that ignore are looked at beside them. */
export const scanRules: readonly ScanRule[] = [
  plainSecret,
  unreadableSecret,
  notEncrypted,
  privateKey,
  keyFile,
  kubeconfig,
  dockerConfig,
  webhookAddress,
  generatorLiterals,
  generatorFiles,
  exposedValue,
  damagedValue,
  plainComment,
  brokenFile,
  notLookedInto,
  conflictMarkers,
  ruleNotGo,
  ruleWithoutMatch,
  ruleDiffers,
  recipientsDiffer,
  otherEnvironment,
  noRule,
  fileName,
];
