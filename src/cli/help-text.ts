import type { Question } from '../wizard/question.ts';
import { npx } from './program.ts';

/** A question's line in `--help`: what it is, what can be said, what is taken when nobody says. */
export function optionAbout({ about, choices, usual, isRepeatable }: Question): string {
  const possible = choices?.map((choice) => choice.value) ?? [];
  const taken = usual({ draft: {} }, { cwd: '/', env: {}, home: '/', platform: 'linux' }) ?? [];
  const facts = [
    ...(possible.length > 0 ? [possible.join(', ')] : []),
    ...(isRepeatable ? ['repeatable'] : []),
    ...(about.includes('default:') || possible.length === 1 || taken.length === 0
      ? []
      : [`default: ${taken.join(', ')}`]),
  ];
  return facts.length === 0 ? about : `${about} (${facts.join('; ')})`;
}

export const examples = `
Examples:
  Ask everything, show the plan, write it:
    ${npx} fleet
  Take the defaults, ask nothing:
    ${npx} fleet --yes
  Look first, with answers from flags:
    ${npx} fleet --yes --dry-run --provider github \\
      --owner acme --cluster eu:production,region=eu --cluster staging --app web
`;
