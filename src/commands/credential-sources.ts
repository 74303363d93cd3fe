import type { SecretValue } from '../secrets/values/secret-value.ts';
import type { Answers } from '../wizard/answers.ts';
import { readVariables, type SecretVariables } from '../wizard/secret-variables.ts';
import type { CredentialSources } from './notification-credentials.ts';

/** Where the answers of `create` have values of notifications. */
export function sourcesOf({ secretVariables = [], credentials }: Answers): CredentialSources {
  const texts = new Map<string, string[]>();
  for (const text of secretVariables) {
    const [, name = '', key, variable = ''] = /^([a-z0-9-]+)(?:\.([A-Za-z]+))?=(.*)$/s.exec(text) ?? [];
    texts.set(name, [...(texts.get(name) ?? []), key === undefined ? variable : `${key}=${variable}`]);
  }
  return {
    variables: new Map([...texts].map(([name, own]) => [name, readVariables('', own).variables])),
    heard: credentials ?? new Map<string, SecretValue>(),
    flagFor: (name, key, keys) => ['--notify-secret-env', `${keys.length === 1 ? name : `${name}.${key}`}=VARIABLE`],
  };
}

/** The answers with names of variables for what was typed, so that a command without it can be printed. */
export function withVariableNames(answers: Answers): Answers {
  const typed = [...(answers.credentials ?? new Map()).keys()].map(
    (id) => `${id}=${id.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}`,
  );
  return typed.length === 0 ? answers : { ...answers, secretVariables: [...(answers.secretVariables ?? []), ...typed] };
}

/** The same for one notification that is added. */
/** @param words of the command */
export function sourcesOfOne(name: string, variables: SecretVariables, words: readonly string[]): CredentialSources {
  return {
    words,
    variables: new Map([[name, variables]]),
    heard: new Map(),
    flagFor: (_, key, keys) => ['--secret-env', `${keys.length === 1 ? '' : `${key}=`}VARIABLE`],
  };
}
