import { expect, test } from 'vitest';
import { hostFault } from '../../src/model/host.ts';

test.for([
  'git.example.com',
  'git.example.com:8443',
  'https://git.example.com',
  'https://git.example.com:8443/forge/',
  'http://localhost:3000',
  'http://127.0.0.1:3000',
  'http://[::1]:3000',
  'localhost:3000',
  '[2001:db8::1]:443',
  'bücher.example',
])('%s is a server', (host) => {
  expect(hostFault(host)).toBeUndefined();
});

test.for([
  ['', 'must be a host name'],
  ['-', 'must be a host name'],
  ['git example', 'must be a host name'],
  [' git.example.com', 'must be a host name'],
  ['git.example.com\n', 'must be a host name'],
  ['git.\texample.com', 'must be a host name'],
  ['git.example.com/$(id)', 'must be a host name'],
  ['git.example.com/`id`', 'must be a host name'],
  ['git.example.com:99999', 'must be a host name'],
  ['https://', 'must be a host name'],
  ['user@git.example.com', 'must not hold a user name'],
  ['https://user:pw@git.example.com', 'must not hold a user name'],
  ['git.example.com?x', 'must not have a query'],
  ['git.example.com#x', 'must not have a query'],
  ['ssh://git.example.com', 'must begin with https://'],
  ['http://git.example.com', 'a token would cross the network'],
  ['http://localhost.example.com', 'a token would cross the network'],
  ['http://127.0.0.1.example.com', 'a token would cross the network'],
] as const)('%j is none', ([host, reason]) => {
  expect(hostFault(host)).toContain(reason);
});
