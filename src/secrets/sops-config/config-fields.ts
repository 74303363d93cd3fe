import { commentRuleKinds, ruleKinds } from '../format/encryption-rule.ts';

/** Keys for other things than age; SOPS has them under these names. https://getsops.io/docs/#using-sops-yaml-conf-to-select-kms-pgp-and-age-for-new-files */
const foreignInRule = ['kms', 'pgp', 'gcp_kms', 'hckms', 'azure_keyvault', 'hc_vault_transit_uri'];
const foreignInGroup = ['kms', 'pgp', 'gcp_kms', 'hckms', 'azure_keyvault', 'hc_vault', 'vault'];

/** Kinds of keys that are not age's. */
export const foreignFields = [...new Set([...foreignInRule, ...foreignInGroup])];

/** The keys each map of `.sops.yaml` may have. SOPS takes no notice of others, so that a mistyped one is lost silently. */
export const knownFields = {
  /** `keys` is nothing to SOPS; people keep anchors there. */
  config: ['creation_rules', 'destination_rules', 'stores', 'keys'],
  rule: [
    'path_regex',
    'age',
    'key_groups',
    'shamir_threshold',
    'mac_only_encrypted',
    'aws_profile',
    ...ruleKinds,
    ...commentRuleKinds,
    ...foreignInRule,
  ],
  group: ['age', 'merge', ...foreignInGroup],
  stores: ['dotenv', 'ini', 'json', 'json_binary', 'yaml'],
};
