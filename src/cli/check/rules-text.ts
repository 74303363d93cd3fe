import type { Rule } from '../../check/rule.ts';
import { usageError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { npx } from '../program.ts';
import { wrapped } from '../wrapped.ts';

/** All rules, a line each. */
export function rulesText(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return `${rules.map(({ id, severity }) => `${id.padEnd(width)}  ${severity}`).join('\n')}\n`;
}

/** One rule in full. @throws ExpectedError (exit 2) for a name that is no rule's */
export function explainText(rules: readonly Rule[], name: string): string {
  const rule = rules.find(({ id }) => id === name);
  if (rule === undefined) {
    const meant = nearest(
      name,
      rules.map(({ id }) => id),
    );
    throw usageError(`there is no rule ${name}`, {
      code: 'unknown-rule',
      hint: meant === undefined ? `${npx} check --rules` : `${npx} check --explain ${meant}`,
    });
  }
  const { id, severity, why, fix } = rule;
  const comment = `# flux-repo-ignore ${id}: <why it is meant so>`;
  const told = [`${id} (${severity})`, why, `What to do: ${fix}`, 'To turn it off, on the line, above it or on top:'];
  return `${told.map((text) => wrapped(text, 80).join('\n')).join('\n\n')}\n  ${comment}\n`;
}
