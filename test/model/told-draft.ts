import { expect } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { modelFrom } from '../../src/model/complete-draft.ts';
import type { Draft } from '../../src/model/model.ts';

/** What a person is told about these answers, with the hint where there is one. */
export function told(draft: Draft): string[] {
  try {
    modelFrom(draft, { name: 'demo', id: '0123abcd' });
    return [];
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    expect(error.exitCode).toBe(2);
    return error.problems.map(({ message, hint }) => (hint === undefined ? message : `${message} · ${hint}`));
  }
}

/** What an app is made from. */
export const image = { image: 'nginx' };
export const chart = { chart: { url: 'oci://example.com/x', version: '1.x' } };

/** Nothing but one app. */
export const app = (name: string, more: NonNullable<Draft['apps']>[string] = image): Draft => ({
  components: {},
  apps: { [name]: more },
});
/** Nothing but one component. */
export const component = (name: string, more: NonNullable<Draft['components']>[string]): Draft => ({
  components: { [name]: more },
});
