import { describe, expect, test } from 'vitest';
import { scanned, told } from './scanned.ts';

const secret =
  'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: web\nstringData:\n  password: hunter2\n';
const gateway = 'kind: Gateway\nspec:\n  certificateRefs:\n    - kind: Secret\n      name: tls\n';
const pem = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEow'.repeat(10)}\n-----END RSA PRIVATE KEY-----\n`;
const key = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
const docker = '{"auths": {"ghcr.io": {"auth": "aHVudGVyMjpodW50ZXIy"}}}';
const user = 'apiVersion: v1\nkind: Config\nclusters: []\nusers:\n  - name: a\n    user:\n';

describe('the scan finds', () => {
  test.for([
    ['a Secret', 'a.yaml', secret, 'plain-secret a.yaml:7:3'],
    ['a Secret in base64', 'a.yaml', 'kind: Secret\ndata: {a: aHVudGVyMg==}\n', 'plain-secret a.yaml:2:8'],
    ['a Secret behind another document', 'a.yml', `${gateway}---\n${secret}`, 'plain-secret a.yml:13:3'],
    [
      'a Secret in quotes and flow style',
      'a.yaml',
      '{"kind": "Secret", data: {a: hunter2}}\n',
      'plain-secret a.yaml:1:27',
    ],
    ['a Secret in JSON', 'a.json', '{"kind":"Secret","stringData":{"a":"hunter2"}}', 'plain-secret a.json:1:32'],
    ['a Secret with Windows line ends', 'a.yaml', secret.replaceAll('\n', '\r\n'), 'plain-secret a.yaml:7:3'],
    ['a Secret behind a byte order mark', 'a.yaml', `\uFEFF${secret}`, 'plain-secret a.yaml:7:3'],
    [
      'an item of a List',
      'a.yaml',
      'kind: List\nitems:\n  - kind: Secret\n    data: {a: aHVudGVyMg==}\n',
      'plain-secret a.yaml:4:12',
    ],
    [
      'an item of a SecretList',
      'a.yaml',
      'kind: SecretList\nitems:\n  - data: {a: aHVudGVyMg==}\n',
      'plain-secret a.yaml:3:12',
    ],
    [
      'a Secret among the values of a release',
      'a.yaml',
      'kind: HelmRelease\nvalues:\n  extra:\n    - kind: Secret\n      stringData: {a: hunter2}\n',
      'plain-secret a.yaml:5:20',
    ],
    [
      'a Secret in an inline patch',
      'a.yaml',
      'patches:\n  - patch: |\n      kind: Secret\n      stringData:\n        a: hunter2\n',
      'plain-secret a.yaml:2:12',
    ],
    [
      'a Secret whose values are an alias',
      'a.yaml',
      'kind: Secret\nx: &x {a: hunter2}\nstringData: *x\n',
      'plain-secret a.yaml:3:13',
    ],
    [
      'a value in a template of Helm',
      'a.yaml',
      'kind: Secret\ndata:\n  a: {{ .Values.a | default "hunter2" }}\n',
      'plain-secret a.yaml:3:3',
    ],
    ['a value beside what Helm puts in', 'a.yaml', 'kind: Secret\ndata: {a: "x{{ .a }}"}\n', 'plain-secret a.yaml:2:8'],
    ['a Secret with a mistake in its YAML', 'a.yaml', `${secret}  password: hunter2\n`, 'unreadable-secret a.yaml:1:1'],
    ['a private key of age', 'notes.txt', `my key: ${key}\n`, 'private-key notes.txt:1:9'],
    ['a private key in PEM', 'id_rsa', pem, 'private-key id_rsa:1:1'],
    ['a private key as one line of JSON', 'a.json', `{"key": ${JSON.stringify(pem)}}`, 'private-key a.json:1:10'],
    [
      'a private key of OpenSSH, indented',
      'a.yaml',
      `a: |\n${pem.replace('RSA', 'OPENSSH').replace(/^/gm, '  ')}`,
      'private-key a.yaml:2:3',
    ],
    [
      'a private key with headers',
      'k',
      pem.replace('KEY-----\n', 'KEY-----\nProc-Type: 4,ENCRYPTED\n\n'),
      'private-key k:1:1',
    ],
    ['a key file', 'keys/eu.agekey', key, 'key-file keys/eu.agekey:1:1'],
    ['a token of a kubeconfig', 'kubeconfig', `${user}      token: hunter2\n`, 'kubeconfig kubeconfig:7:7'],
    ['a client key of a kubeconfig', 'x.yaml', `${user}      client-key-data: aHVudGVyMg==\n`, 'kubeconfig x.yaml:7:7'],
    ['credentials of a registry', '.docker/config.json', docker, 'docker-config .docker/config.json:1:2'],
    [
      'credentials of a registry in a ConfigMap',
      'a.yaml',
      `kind: ConfigMap\ndata:\n  .dockerconfigjson: '${docker}'\n`,
      'docker-config a.yaml:3:3',
    ],
    [
      'a literal of a generator',
      'a/kustomization.yaml',
      'secretGenerator:\n  - name: x\n    literals: [a=hunter2]\n',
      'generator-literals a/kustomization.yaml:3:16',
    ],
    ['a name that promises encryption', 'a.sops.yaml', 'kind: ConfigMap\n', 'not-encrypted a.sops.yaml:1:1'],
    [
      'a mistyped rule',
      '.sops.yaml',
      'creation_rules:\n  - path_regexp: x\n    age: ""\n',
      'sops-config .sops.yaml:2:5',
    ],
  ] as const)('%s', async ([, path, text, finding]) => {
    const report = await scanned({ [path]: text });
    expect(told(report)).toContain(`secrets/${finding}`);
    const words = JSON.stringify(report);
    for (const value of ['hunter2', 'aHVudGVyMg', 'MIIEow', key.slice(-20)]) expect(words).not.toContain(value);
  });

  test('files that become Secrets, unless they are encrypted', async () => {
    const kustomization =
      'secretGenerator:\n  - name: x\n    envs: [plain.env, sealed.env]\n    files: [tls.key=../b/key, gone]\n';
    const files = {
      'a/kustomization.yaml': kustomization,
      'a/plain.env': 'A=hunter2\n',
      'a/sealed.env': 'sops_mac=ENC[x\n',
      'b/key': 'hunter2\n',
    };
    expect(told(await scanned(files))).toEqual([
      'secrets/generator-files a/kustomization.yaml:3:12',
      'secrets/generator-files a/kustomization.yaml:4:13',
    ]);
  });
});

describe('the scan lets pass', () => {
  test.for([
    ['what refers to Secrets', 'a.yaml', gateway],
    ['a Secret without values', 'a.yaml', 'kind: Secret\ntype: kubernetes.io/service-account-token\ndata: {}\n'],
    ['empty values', 'a.yaml', 'kind: Secret\nstringData: {a: "", b: null, c: }\n'],
    [
      'values that Helm puts in',
      'chart/templates/a.yaml',
      'kind: Secret\ndata:\n  a: {{ .Values.a | b64enc | quote }}\n',
    ],
    [
      'a template of a chart that is no YAML yet',
      'chart/templates/a.yaml',
      'kind: Secret\n{{- if .Values.a }}\ndata:\n{{- range $key, $value := .Values.a }}\n  {{ $key }}: {{ $value | b64enc | quote }}\n{{- end }}\n{{- end }}\n',
    ],
    [
      'a List of what names Secrets',
      'a.yaml',
      'kind: List\nitems:\n  - kind: HelmRelease\n    spec:\n      valuesFrom:\n        - kind: Secret\n          name: x\n  - kind: ConfigMap\n    data: {a: b}\n',
    ],
    ['the same in quotes', 'a.yaml', 'kind: Secret\ndata: {a: "{{ .Values.a }}"}\n'],
    ['what another template says', 'a.yaml', `kind: Secret\ndata:\n  a: {{ include "a.b" . }}\n`],
    ['values that Flux puts in', 'a.yaml', 'kind: Secret\nstringData: {a: "${PASSWORD}"}\n'],
    [
      'how a key begins',
      'README.md',
      'It begins with AGE-SECRET-KEY-1… or -----BEGIN PRIVATE KEY-----, then base64.\n',
    ],
    ['a public key', 'a.pem', pem.replaceAll('PRIVATE', 'PUBLIC')],
    ['a template of a chart', 'templates/a.yaml', 'kind: Secret\ndata:\n  a: {{ .Values.a | b64enc }}\n{{- if x }}\n'],
    [
      'a template of External Secrets',
      'a.yaml',
      `kind: ExternalSecret\ntemplate:\n  data:\n    .dockerconfigjson: '{"auths":{"x":{"auth":"{{ .auth }}"}}}'\n`,
    ],
    ['a sealed Secret', 'a.yaml', 'kind: SealedSecret\nspec:\n  encryptedData:\n    .dockerconfigjson: AgBy8h\n'],
    ['a kubeconfig that asks a program', 'a.yaml', `${user}      exec: {command: gcloud, args: [print-token]}\n`],
    ['registries without credentials', 'config.json', '{"auths": {"ghcr.io": {}}, "credsStore": "pass"}'],
    ['an empty literal', 'kustomization.yaml', 'secretGenerator:\n  - literals: [a=]\n'],
  ] as const)('%s', async ([, path, text]) => {
    expect(told(await scanned({ [path]: text }))).toEqual([]);
  });

  test('binary and large files, which it counts', async () => {
    const report = await scanned({ 'a.png': new Uint8Array([0xff, 0]), 'b.bin': 'a\0b', 'c.yaml': secret });
    expect(report.skipped.binary).toEqual(['a.png', 'b.bin']);
    expect(report.scanned).toBe(1);
  });
});

describe('a comment with a reason', () => {
  const comment = '# flux-repo-ignore secrets/plain-secret: of the manual\n';

  test('makes a finding none, in its document only', async () => {
    const report = await scanned({ 'a.yaml': `${comment}${secret}---\n${secret}` });
    expect(told(report)).toEqual(['secrets/plain-secret a.yaml:16:3']);
    expect(report.ignored).toEqual([
      { rule: 'secrets/plain-secret', file: 'a.yaml', line: 8, reason: 'of the manual' },
    ]);
  });

  test('is for the whole file where there are no documents', async () => {
    const text = `<!-- flux-repo-ignore secrets/private-key: an example -->\n---\n${pem}`;
    const report = await scanned({ 'a.md': text });
    expect(told(report)).toEqual([]);
    expect(report.ignored).toMatchObject([{ reason: 'an example' }]);
  });

  test.for([
    ['without a reason', comment.replace(': of the manual', ''), 'ignores secrets/plain-secret without a reason'],
    ['with an empty reason', comment.replace('of the manual', ' '), 'ignores secrets/plain-secret without a reason'],
    ['for a rule that is none', comment.replace('plain-', 'plane-'), 'ignores secrets/plane-secret, which is no rule'],
  ] as const)('%s changes nothing, and is found', async ([, wrong, message]) => {
    const { findings } = await scanned({ 'a.yaml': wrong + secret });
    expect(findings.map(({ problem }) => problem.message)).toEqual(expect.arrayContaining([message]));
    expect(findings).toHaveLength(2);
  });

  test('does not hide findings of other rules', async () => {
    expect(told(await scanned({ 'a.yaml': `${comment}${secret}  key: ${key}\n` }))).toEqual([
      'secrets/private-key a.yaml:9:8',
    ]);
  });
});
