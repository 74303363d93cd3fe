import { textAt, valueAt } from '../yaml/value-at.ts';
import type { YamlChange } from '../yaml/yaml-operation.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { Severity } from './rule.ts';

/** A field that is valid, and that the controllers of Flux 2.9 do not read, or will not for long. */
export interface DeadField {
  group: string;
  kind: string;
  path: YamlPath;
  /** Whether it is dead in this object; always when absent. */
  when?(value: unknown): boolean;
  /** For a sentence that begins with the field. */
  says: string;
  hint: string;
  severity?: Severity;
  /** What may be done about it without asking; nothing when absent. */
  changes?(value: unknown): YamlChange[];
}

const remove = (path: YamlPath) => () => [{ op: 'remove', path } as const];
const recreate = ['spec', 'rollback', 'recreate'];
const summary = ['spec', 'summary'];
const interval = ['spec', 'interval'];

/** From the changelogs and API documents of the controllers, https://fluxcd.io/flux/components/ */
export const deadFields: readonly DeadField[] = [
  {
    group: 'helm.toolkit.fluxcd.io',
    kind: 'HelmRelease',
    path: recreate,
    says: 'does nothing since Flux 2.8: Helm 4 has no such step',
    hint: 'Remove it.',
    changes: remove(recreate),
  },
  {
    group: 'helm.toolkit.fluxcd.io',
    kind: 'HelmRelease',
    path: ['spec', 'upgrade', 'force'],
    when: (value) =>
      valueAt(value, ['spec', 'upgrade', 'force']) === true &&
      textAt(value, ['spec', 'upgrade', 'serverSideApply']) === 'enabled',
    says: 'is ignored where upgrades are applied by the server',
    hint: 'Remove it, or set spec.upgrade.serverSideApply to disabled.',
  },
  {
    group: 'helm.toolkit.fluxcd.io',
    kind: 'HelmRelease',
    path: ['spec', 'install', 'skipCRDs'],
    says: 'is deprecated',
    hint: 'Use spec.install.crds: Skip, and spec.upgrade.crds.',
  },
  {
    group: 'notification.toolkit.fluxcd.io',
    kind: 'Alert',
    path: summary,
    says: 'is deprecated',
    hint: 'Use spec.eventMetadata.summary.',
    changes: (value) =>
      valueAt(value, ['spec', 'eventMetadata', 'summary']) === undefined
        ? [
            { op: 'set', path: ['spec', 'eventMetadata', 'summary'], value: valueAt(value, summary) },
            { op: 'remove', path: summary },
          ]
        : [{ op: 'remove', path: summary }],
  },
  {
    group: 'notification.toolkit.fluxcd.io',
    kind: 'Provider',
    path: ['spec', 'proxy'],
    says: 'is deprecated, and shows the password of the proxy to everybody',
    hint: 'Use spec.proxySecretRef.',
  },
  {
    group: 'notification.toolkit.fluxcd.io',
    kind: 'Provider',
    path: interval,
    says: 'is not read any more',
    hint: 'Remove it.',
    changes: remove(interval),
  },
  {
    group: 'source.toolkit.fluxcd.io',
    kind: 'HelmRepository',
    path: ['spec', 'type'],
    when: (value) => textAt(value, ['spec', 'type']) === 'oci',
    severity: 'info',
    says: 'oci gets no new features in Flux',
    hint: 'Use an OCIRepository, and spec.chartRef in the HelmRelease.',
  },
];
