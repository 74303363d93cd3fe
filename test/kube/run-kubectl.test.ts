import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type KubectlCall, runKubectl } from '../../src/kube/run-kubectl.ts';
import { fakeKubectl } from '../support/fake-kubectl.ts';
import { testSystem } from '../support/run-main.ts';

const get = ['get', 'secret', 'sops-age', '--ignore-not-found', '--output=json'];

function called(fails?: string) {
  const kubectl = fakeKubectl(testSystem(), { eu: fails === undefined ? {} : { fails }, us: {} });
  const { env, home } = kubectl.system;
  const call: KubectlCall = { context: 'eu', kubeconfig: undefined, env, home };
  return { kubectl, call };
}

test('the context and the kubeconfig are always named, and our tokens are not handed on', async () => {
  const { kubectl, call } = called();
  await runKubectl(get, {
    ...call,
    env: { ...call.env, SOPS_AGE_KEY: 'AGE-SECRET-KEY-1', AWS_PROFILE: 'work', HTTPS_PROXY: 'http://proxy' },
  });
  const [only] = kubectl.calls();
  expect(only?.argv.slice(0, 2)).toEqual([`--kubeconfig=${join(call.home, '.kube/config')}`, '--context=eu']);
  expect(only?.env).toMatchObject({ AWS_PROFILE: 'work', HTTPS_PROXY: 'http://proxy', HOME: call.home });
  expect(Object.keys(only?.env ?? {})).not.toEqual(expect.arrayContaining(['SOPS_AGE_KEY']));
  expect(Object.keys(only?.env ?? {})).not.toEqual(expect.arrayContaining(['GITHUB_TOKEN']));
});

test('a list of kubeconfigs stays in its variable, one file becomes a flag', async () => {
  const { kubectl, call } = called();
  await runKubectl(get, { ...call, env: { ...call.env, KUBECONFIG: '/a:/b' } });
  await runKubectl(get, { ...call, env: { ...call.env, KUBECONFIG: '/a' } });
  await runKubectl(get, { ...call, kubeconfig: '/c', env: { ...call.env, KUBECONFIG: '/a:/b' } });
  const [list, single, flag] = kubectl.calls();
  expect(list?.env.KUBECONFIG).toBe('/a:/b');
  expect(list?.argv[0]).toBe('--context=eu');
  expect(single?.argv[0]).toBe('--kubeconfig=/a');
  expect(flag).toMatchObject({ argv: expect.arrayContaining(['--kubeconfig=/c']) });
  expect(flag?.env.KUBECONFIG).toBeUndefined();
});

test('an unknown context is refused with those that there are', async () => {
  const { call } = called();
  await expect(runKubectl(get, { ...call, context: 'ue' })).rejects.toMatchObject({
    code: 'kubectl-context',
    exitCode: 2,
    why: ['It has eu, us.'],
  });
});

test('without kubectl it says where to get it', async () => {
  const { call } = called();
  const empty = join(call.home, 'empty');
  mkdirSync(empty);
  await expect(runKubectl(get, { ...call, env: { PATH: empty } })).rejects.toMatchObject({
    code: 'kubectl-missing',
    hint: expect.stringContaining('https://kubernetes.io/docs/tasks/tools/'),
  });
});

test.each([
  [
    'kubectl-forbidden',
    'Error from server (Forbidden): secrets "sops-age" is forbidden: User "ada" cannot get resource',
  ],
  ['kubectl-unauthorized', 'error: You must be logged in to the server (Unauthorized)'],
  ['kubectl-unreachable', 'Unable to connect to the server: dial tcp 10.0.0.1:443: i/o timeout'],
  [
    'kubectl-unreachable',
    'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
  ],
  ['kubectl-plugin', 'Unable to connect to the server: getting credentials: exec: executable aws not found'],
  ['kubectl-conflict', 'error: Apply failed with 1 conflict: conflict with "helm": .data.x'],
  ['kubectl-kubeconfig', 'error: stat /nowhere: no such file or directory'],
  ['kubectl-failed', 'Error from server (InternalError): something else'],
])('%s is told apart: %s', async (code, words) => {
  const { call } = called(words);
  await expect(runKubectl(get, call)).rejects.toMatchObject({ code, exitCode: 1 });
});

test('what a server quotes of a Secret is not repeated', async () => {
  const identity = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
  const data = Buffer.from(identity).toString('base64');
  const { call } = called(`error from server (Invalid): data: "${data}" and ${identity}`);
  const error = await runKubectl(get, call).catch((refusal: unknown) => refusal);
  expect(error).toMatchObject({ why: [expect.stringContaining('[redacted]')] });
  expect(JSON.stringify([error, String(error)])).not.toMatch(/QQQQ|QUdFLVNFQ/);
});

test('somebody who stops it stops kubectl', async () => {
  const { call } = called();
  const bin = join(call.home, 'bin');
  writeFileSync(join(bin, 'kubectl'), '#!/bin/sh\nexec sleep 30\n', { mode: 0o755 });
  await expect(runKubectl(get, { ...call, signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
    name: 'Cancelled',
  });
});
