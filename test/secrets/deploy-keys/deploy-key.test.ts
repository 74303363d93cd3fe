import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { knownHostsOf, scanCommand } from '../../../src/model/known-hosts.ts';
import { generateDeployKey } from '../../../src/secrets/deploy-keys/deploy-key.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-key-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('ssh reads the private half, finds the public half in it, and signs with it', () => {
  for (const comment of ['a', 'ab', 'team@platform', 'a-long-name@a-long-repository']) {
    const { identity, publicKey } = generateDeployKey(comment);
    const file = join(folder, comment);
    writeFileSync(file, identity.reveal(), { mode: 0o600 });
    expect(execFileSync('ssh-keygen', ['-y', '-P', '', '-f', file], { encoding: 'utf8' }).trim()).toBe(publicKey);
    const signing = ['-Y', 'sign', '-q', '-n', 'file', '-f', file];
    const signature = execFileSync('ssh-keygen', signing, { input: 'x', encoding: 'utf8' });
    writeFileSync(`${file}.sig`, signature);
    writeFileSync(`${file}.allowed`, `me ${publicKey}\n`);
    const checking = ['-Y', 'verify', '-q', '-n', 'file', '-I', 'me', '-f', `${file}.allowed`, '-s', `${file}.sig`];
    execFileSync('ssh-keygen', checking, { input: 'x' });
    expect(() => execFileSync('ssh-keygen', checking, { input: 'y', stdio: 'pipe' })).toThrow();
  }
});

test('no two keys are alike, and the private half does not show', () => {
  const [one, other] = [generateDeployKey('a'), generateDeployKey('a')];
  expect(one.publicKey).not.toBe(other.publicKey);
  expect(JSON.stringify(one)).not.toContain('PRIVATE');
});

test('the pinned keys are those that the providers publish', () => {
  const fingerprints = (source: string) =>
    knownHostsOf(source, undefined).map((line) => {
      const key = Buffer.from(line.split(' ')[2] ?? '', 'base64');
      return createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
    });
  expect(fingerprints('ssh://git@github.com/a/b')).toEqual([
    '+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
    'p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM',
  ]);
  expect(fingerprints('ssh://git@gitlab.com/a/b')).toEqual([
    'eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8',
    'HbW3g8zUjNSksFbqTiUWPWg2Bq1x8xdGUrliXFzSnUw',
  ]);
});

test('another server, or another port of one of them, is asked for its own', () => {
  expect(knownHostsOf('ssh://git@git.example.com/a', undefined)).toEqual([]);
  expect(knownHostsOf('ssh://git@github.com:2222/a', undefined)).toEqual([]);
  expect(knownHostsOf('ssh://git@github.com/a', ['github.com ssh-rsa AAAA'])).toEqual(['github.com ssh-rsa AAAA']);
  expect(scanCommand('ssh://git@git.example.com:2222/a')).toBe('ssh-keyscan -p 2222 git.example.com');
});
