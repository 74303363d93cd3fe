import { describe, expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';

const certificate = `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: web
  namespace: web
spec:
  secretName: web-tls
  dnsNames:
    - web.example.org
  issuerRef:
    kind: ClusterIssuer
    name: platform-ca
`;

describe('A component that is used is not removed', () => {
  test('without a word for the routes of apps and receivers, each told with its place', async () => {
    const made = await madeRepository(['--app', 'web', '--cluster', 'production']);
    const receiver = await made.run('add', 'notification', 'receiver', '--yes');
    expect(receiver.code, receiver.err).toBe(0);
    const before = made.files();
    const { code, err } = await made.run('remove', 'component', 'envoy-gateway', '--yes');
    expect(code).toBe(3);
    expect(err).toMatch(/apps\/base\/web\/httproute\.yaml:\d+:\d+ HTTPRoute\/web\/web attaches to its Gateway/);
    expect(err).toMatch(/HTTPRoute\/flux-system\/\S+ attaches to its Gateway/);
    expect(err).toContain('remove component envoy-gateway --confirm envoy-gateway');
    expect(made.files()).toEqual(before);
    expect((await made.run('remove', 'component', 'envoy-gateway', '--confirm', 'envoy-gateway', '--yes')).code).toBe(
      0,
    );
  });

  test('though it is only the HTTPS listener of another component that asks it for a certificate', async () => {
    const made = await madeRepository(['--cluster', 'production']);
    const { code, err } = await made.run('remove', 'component', 'cert-manager', '--yes');
    expect(code).toBe(3);
    expect(err).toMatch(
      /infrastructure\/base\/envoy-gateway\/config\/gateway\.yaml:\d+:\d+ Gateway\/.* asks it by cert-manager/,
    );
  });

  test('with any word, while objects of its CRDs are there that people wrote', async () => {
    const made = await madeRepository(['--app', 'web', '--cluster', 'production', '--component', 'cert-manager']);
    made.write('apps/base/web/certificate.yaml', certificate);
    made.edit('apps/base/web/kustomization.yaml', 'resources:\n', 'resources:\n  - certificate.yaml\n');
    const words = ['remove', 'component', 'cert-manager', '--confirm', 'cert-manager', '--yes'];
    const refused = await made.run(...words);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('apps/base/web/certificate.yaml:2:1 Certificate/web/web is of cert-manager.io');
    made.edit('apps/base/web/kustomization.yaml', '  - certificate.yaml\n', '');
    expect((await made.run(...words)).code).toBe(0);
  });

  test('only while it is used', async () => {
    const made = await madeRepository(['--app', 'web', '--cluster', 'production', '--component', 'cert-manager']);
    expect((await made.run('remove', 'component', 'cert-manager', '--yes')).code).toBe(0);
  });
});
