import { manifest } from '../../check/manifests.ts';
import { added, appended, type Break } from './break.ts';

const spec = { selfSigned: {} };

/** Mistakes that a cluster shows only where what is missing was never there; `NAME` is the app `web`. */
export const firstInstalls: readonly Break[] = [
  {
    rule: 'order/crd',
    when: 'an object comes with the chart that brings its CRD',
    edits: [
      appended(
        'infrastructure/base/cert-manager/release/release.yaml',
        manifest('cert-manager.io/v1', 'ClusterIssuer', 'own', { spec }),
      ),
    ],
    of: 'Kustomization/flux-system/cert-manager',
    says: /^False ReconciliationFailed: ClusterIssuer\/own dry-run failed: no matches for kind "ClusterIssuer"/,
  },
  {
    rule: 'order/crd',
    when: 'nothing brings the CRDs that an app needs',
    edits: [
      added(
        manifest('gateway.networking.k8s.io/v1', 'HTTPRoute', 'NAME/NAME', {
          spec: { rules: [{ backendRefs: [{ name: 'NAME', port: 80 }] }] },
        }),
      ),
    ],
    says: /^False ReconciliationFailed: HTTPRoute\/NAME\/NAME dry-run failed: no matches for kind "HTTPRoute"/,
  },
];
