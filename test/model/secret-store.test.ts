import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { readDraft } from '../../src/model/read-model.ts';

function problemsOf(store: string): string[] {
  try {
    readDraft({ file: 'answers.yaml', text: `secrets:\n  strategy: external-secrets\n  store:\n${store}` });
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
  return [];
}

describe('a store', () => {
  test.each([
    '    provider: aws\n    region: eu-central-1\n    role: arn:aws:iam::123456789012:role/team/secrets\n',
    '    provider: gcp\n    project: acme-production\n    serviceAccount: secrets@acme.iam.gserviceaccount.com\n',
    '    provider: azure\n    vaultUrl: https://acme.vault.azure.net\n    tenantId: 00000000-0000-0000-0000-000000000000\n',
    '    provider: vault\n    server: https://vault.example.com:8200\n    path: kv/platform\n    credential: true\n',
  ])('is accepted: %j', (store) => {
    expect(problemsOf(store)).toEqual([]);
  });

  test.each([
    ['    provider: awz\n', '4:5 secrets.store.provider: must be one of aws, gcp, azure, vault'],
    ['    region: eu-central-1\n', '3:3 secrets.store.provider: must be one of aws, gcp, azure, vault, and is missing'],
    ['    provider: aws\n    region: Frankfurt\n', '5:5 secrets.store.region: must be a region such as eu-central-1'],
    [
      '    provider: aws\n    regoin: eu-central-1\n',
      '5:5 secrets.store.regoin: unknown key "regoin", did you mean "region"?',
    ],
    [
      '    provider: vault\n    server: http://vault\n',
      '5:5 secrets.store.server: must be an address such as https://vault.example.com:8200',
    ],
    [
      '    provider: azure\n    clientId: 12\n',
      '5:5 secrets.store.clientId: must be text (put it in quotes), not a number',
    ],
  ])('is refused where it is wrong: %j', (store, expected) => {
    expect(problemsOf(store)).toEqual([expected]);
  });
});
