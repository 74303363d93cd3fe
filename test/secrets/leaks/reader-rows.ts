import { join } from 'node:path';
import { expect } from 'vitest';
import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { fakeKubectl } from '../../support/fake-kubectl.ts';
import { done, giveTokens, knowPrivateKeys, type LeakRow, productionDb, withSecret } from './leak-row.ts';

const commit = ['--yes', '--commit'];

/** Verbs that look at files, change who reads them, and give clusters their keys. */
export const readerRows: readonly LeakRow[] = [
  {
    verb: 'list',
    name: 'names keys, never values',
    async act(trial) {
      giveTokens(trial);
      await withSecret(trial, { password: trial.secret('value') });
      for (const flag of ['--verbose', '--json']) await done(trial.run('secrets', 'list', flag));
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'verify',
    name: 'opens every file and shows none, whole or damaged',
    async act(trial, { root, read }) {
      giveTokens(trial);
      await withSecret(trial, { password: trial.secret('value'), user: trial.secret('value') });
      for (const flag of ['--verbose', '--json']) await trial.run('secrets', 'verify', flag);
      const written = trial.secret('written in by hand');
      trial.input(
        join(root, productionDb),
        read(productionDb).replace('stringData:\n', `stringData:\n    x: "${written}"\n`),
      );
      for (const flag of ['--verbose', '--json'])
        expect(await trial.run('secrets', 'verify', flag)).toMatchObject({ code: 1 });
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'recipients',
    name: 'lets a colleague in, and out again',
    async act(trial) {
      giveTokens(trial);
      await withSecret(trial, { password: trial.secret('value') });
      const { recipient, identity } = await generateAgeKey();
      trial.know('private key of a colleague', identity.reveal());
      await done(trial.run('secrets', 'recipients', 'add', 'ada', recipient, ...commit));
      await done(trial.run('secrets', 'recipients', 'list', '--json'));
      await done(trial.run('secrets', 'recipients', 'update', '--json', ...commit));
      await done(trial.run('secrets', 'recipients', 'remove', 'ada', '--confirm', 'ada', ...commit));
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'recipients',
    name: 'never repeats a private key that was given in the place of a public one',
    async act(trial) {
      const { identity } = await generateAgeKey();
      trial.know('argument', identity.reveal());
      for (const flag of ['--json', '--verbose'])
        expect(await trial.run('secrets', 'recipients', 'add', 'ada', identity.reveal(), flag)).toMatchObject({
          code: 2,
        });
    },
  },
  {
    verb: 'rotate',
    name: 'makes a new key beside the old one',
    async act(trial) {
      giveTokens(trial);
      await withSecret(trial, { password: trial.secret('value') });
      await done(trial.run('secrets', 'rotate', '--cluster', 'production', ...commit));
      await done(trial.run('secrets', 'rotate', '--status', '--json'));
      knowPrivateKeys(trial);
    },
  },
  {
    verb: 'push-key',
    name: 'gives the key to kubectl on its standard input, and in no other way',
    async act(trial) {
      giveTokens(trial);
      await withSecret(trial, { password: trial.secret('value') });
      trial.standInFor('kubectl', fakeKubectl(trial.system, { prod: { name: 'production' } }).system.env.PATH ?? '');
      await done(trial.run('secrets', 'push-key', 'production', '--context', 'prod', '--json'));
      await done(trial.run('secrets', 'rotate', '--cluster', 'production', ...commit));
      await done(trial.run('secrets', 'push-key', 'production', '--context', 'prod'));
      await done(trial.run('secrets', 'rotate', '--cluster', 'production', '--context', 'prod', ...commit));
      await done(trial.run('secrets', 'push-key', 'production', '--context', 'prod', '--prune'));
      knowPrivateKeys(trial, [/^home\/fake-kubectl\.json$/, /^records\/kubectl\.\w+\/input$/]);
    },
  },
];
