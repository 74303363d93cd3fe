import { manifest } from '../../check/manifests.ts';
import { added, type Break, files, replaced } from './break.ts';

const { deployment, service, release, source } = files;
/** Any that the registry has: the chart of the apps. */
const image = 'ghcr.io/stefanprodan/charts/podinfo';
const container = '          image: nginx:1.27\n';

/** What the API server refuses. Flux tries it before it applies anything. */
export const schemas: readonly Break[] = [
  {
    rule: 'schema/cel',
    when: 'a release has no chart',
    app: 'chart',
    edits: [replaced(release, '  chartRef:\n    kind: OCIRepository\n    name: NAME\n', '')],
    says: /^False ReconciliationFailed: HelmRelease\/NAME\/NAME dry-run failed.*either chart or chartRef must be set/,
  },
  {
    rule: 'schema/duplicate',
    when: 'two ports are the same',
    edits: [replaced(service, '      port: 80\n', '      port: 80\n    - name: other\n      port: 80\n')],
    says: /^False ReconciliationFailed: Service\/NAME\/NAME dry-run failed.*duplicate/i,
  },
  {
    rule: 'schema/duration',
    when: 'an interval has no unit',
    app: 'chart',
    edits: [replaced(source, 'interval: 12h', "interval: '12'")],
    says: /^False ReconciliationFailed: OCIRepository\/NAME\/NAME dry-run failed.*spec\.interval/,
  },
  {
    rule: 'schema/enum',
    when: 'a word is used that the kind does not know',
    edits: [replaced(deployment, container, `${container}          imagePullPolicy: Sometimes\n`)],
    says: /^False ReconciliationFailed: Deployment\/NAME\/NAME dry-run failed.*imagePullPolicy.*Sometimes/,
  },
  {
    rule: 'schema/pattern',
    when: 'a registry is addressed as a web site',
    app: 'chart',
    edits: [replaced(source, 'url: oci://', 'url: https://')],
    says: /^False ReconciliationFailed: OCIRepository\/NAME\/NAME dry-run failed.*spec\.url/,
  },
  {
    rule: 'schema/range',
    when: 'a text is longer than the kind takes',
    app: 'chart',
    edits: [replaced(release, 'spec:\n', `spec:\n  releaseName: ${'r'.repeat(54)}\n`)],
    says: /^False ReconciliationFailed: HelmRelease\/NAME\/NAME dry-run failed.*spec\.releaseName.*Too long/,
  },
  {
    rule: 'schema/required',
    when: 'a field is left out',
    app: 'chart',
    edits: [replaced(release, '  interval: 10m\n', '')],
    says: /^False ReconciliationFailed: HelmRelease\/NAME\/NAME dry-run failed.*spec\.interval.*Required/,
  },
  {
    rule: 'schema/required',
    when: 'a Deployment selects nothing',
    edits: [replaced(deployment, '  selector:\n    matchLabels:\n      app.kubernetes.io/name: NAME\n', '')],
    says: /^False ReconciliationFailed: Deployment\/NAME\/NAME dry-run failed.*spec\.selector/,
  },
  {
    rule: 'schema/type',
    when: 'a number is written as a word',
    edits: [replaced(deployment, 'replicas: 0', 'replicas: two')],
    says: /^False ReconciliationFailed: Deployment\/NAME\/NAME dry-run failed/,
  },
  {
    rule: 'schema/unknown-field',
    when: 'a field of a custom resource is mistyped',
    app: 'chart',
    edits: [replaced(release, '  interval: 10m\n', '  interval: 10m\n  intervall: 10m\n')],
    says: /^False ReconciliationFailed: HelmRelease\/NAME\/NAME dry-run failed.*intervall: field not declared in schema/,
  },
  {
    rule: 'schema/unknown-kind',
    when: 'a kind is mistyped',
    edits: [replaced(service, 'kind: Service', 'kind: Servise')],
    says: /^False ReconciliationFailed: Servise\/NAME\/NAME dry-run failed: no matches for kind "Servise"/,
  },
  {
    rule: 'versions/message-template',
    when: 'a commit message is made of what Flux 2.7 removed',
    edits: [
      replaced(deployment, 'image: nginx:1.27', `image: ${image}:5.0.0 # {"$imagepolicy": "flux-system:NAME"}`),
      added(
        imageObject('ImageRepository', { image, insecure: true, interval: '1h' }) +
          imageObject('ImagePolicy', {
            imageRepositoryRef: { name: 'NAME' },
            policy: { semver: { range: '6.x' } },
          }) +
          imageObject('ImageUpdateAutomation', {
            interval: '1h',
            sourceRef: { kind: 'GitRepository', name: 'flux-system' },
            git: {
              checkout: { ref: { branch: 'main' } },
              commit: {
                author: { email: 'flux@example.com' },
                messageTemplate: '{{ range .Updated.Images }}{{ end }}',
              },
            },
            update: { strategy: 'Setters', path: './apps/base/NAME' },
          }),
      ),
    ],
    of: 'ImageUpdateAutomation/flux-system/NAME',
    says: /^False .*Updated/,
  },
  {
    rule: 'images/reference',
    when: 'a policy chooses from an image that nobody looks at',
    edits: [
      added(
        imageObject('ImagePolicy', {
          imageRepositoryRef: { name: 'nothing' },
          policy: { semver: { range: '1.x' } },
        }),
      ),
    ],
    of: 'ImagePolicy/flux-system/NAME',
    says: /^False .*nothing/,
  },
];

function imageObject(kind: string, spec: object): string {
  return manifest('image.toolkit.fluxcd.io/v1', kind, 'flux-system/NAME', { spec });
}
