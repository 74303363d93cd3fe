import { expect, test } from 'vitest';
import { readVariables } from '../../src/wizard/secret-variables.ts';

test.for([
  ['a token of GitHub', 'ghp_8Zx0pQ2rLm4TnVw6YbKc1DfGhJs3XeRtUiOa'],
  ['a key of Datadog', 'a3f9c2e17b604d58a3f9c2e17b604d58'],
  ['a token for a key', 'token=ghp_8Zx0pQ2rLm4TnVw6YbKc1DfGhJs3XeRtUiOa'],
  ['an address', 'https://hooks.slack.com/services/T0/B0/hunter2'],
] as const)('%s in place of a name is refused, and not repeated', ([, text]) => {
  const { variables, faults } = readVariables('--secret-env', [text]);
  expect(faults).toHaveLength(1);
  expect(faults.join()).not.toContain(text.slice(-12));
  expect(variables.size).toBe(0);
});

test.for([
  'SLACK_URL',
  'slack_address_of_team_1',
  'token=GITHUB_TOKEN_2',
  'CI_JOB_TOKEN_0123456789',
  'slackAddressOfTheTeam',
])('%s is a name', (text) => {
  expect(readVariables('--secret-env', [text]).faults).toEqual([]);
});
