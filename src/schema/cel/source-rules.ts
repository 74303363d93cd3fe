import { type CelRule, celRule, has } from './cel-rule.ts';

interface Bucket {
  /** Defaults to `generic`. */
  provider: string;
  sts?: { provider: string; secretRef?: object; certSecretRef?: object };
  secretRef?: object;
  serviceAccountName?: string;
}

/** The rules of source-controller. */
export const sourceRules: readonly CelRule[] = [
  celRule<Bucket>(
    "self.provider == 'aws' || self.provider == 'generic' || !has(self.sts)",
    (self) => self.provider === 'aws' || self.provider === 'generic' || !has(self.sts),
  ),
  celRule<Bucket>(
    "self.provider != 'aws' || !has(self.sts) || self.sts.provider == 'aws'",
    (self) => self.provider !== 'aws' || !self.sts || self.sts.provider === 'aws',
  ),
  celRule<Bucket>(
    "self.provider != 'generic' || !has(self.sts) || self.sts.provider == 'ldap'",
    (self) => self.provider !== 'generic' || !self.sts || self.sts.provider === 'ldap',
  ),
  celRule<Bucket>(
    "!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.secretRef)",
    (self) => self.sts?.provider !== 'aws' || !has(self.sts.secretRef),
  ),
  celRule<Bucket>(
    "!has(self.sts) || self.sts.provider != 'aws' || !has(self.sts.certSecretRef)",
    (self) => self.sts?.provider !== 'aws' || !has(self.sts.certSecretRef),
  ),
  celRule<Bucket>(
    "self.provider != 'generic' || !has(self.serviceAccountName)",
    (self) => self.provider !== 'generic' || !has(self.serviceAccountName),
  ),
  celRule<Bucket>(
    '!has(self.secretRef) || !has(self.serviceAccountName)',
    (self) => !has(self.secretRef) || !has(self.serviceAccountName),
  ),
  celRule<{ provider?: string; serviceAccountName?: string }>(
    "!has(self.serviceAccountName) || (has(self.provider) && (self.provider == 'azure' || self.provider == 'aws'))",
    (self) => !has(self.serviceAccountName) || self.provider === 'azure' || self.provider === 'aws',
  ),
  celRule<{ verify?: object; sourceRef: { kind: string } }>(
    "!has(self.verify) || self.sourceRef.kind == 'HelmRepository'",
    (self) => !has(self.verify) || self.sourceRef.kind === 'HelmRepository',
  ),
];
