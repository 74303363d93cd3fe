import { readSopsYaml } from '../../src/secrets/format/read-sops-yaml.ts';

/** Every type a scalar may have. */
export const scalarTypes = ['bool', 'float', 'int', 'null', 'str', 'time'];

/** What a document may be made of besides its scalars, and how it shows. */
export const structures = {
  'several documents': /^---$[\s\S]*^---$|\S[\s\S]*^---$/m,
  'a map in a list': /^ *- [\w"']+:/m,
  'a list in a map': /:\s*\n +- /,
  'a list in brackets': /[:-] +\[/,
  'a map in braces': /[:-] +\{/,
  'a literal block': /[:-] \|/,
  'a folded block': /[:-] >/,
  'quotes of either kind': /: "[\s\S]*: '/,
  'a comment on its own line': /^ *#/m,
  'a comment behind a value': /\S +#/,
  'a key with no value': /:\s*\n\S/,
  'Windows line ends': /\r\n/,
  'a byte order mark': /^\uFEFF/,
  'no line end at the end': /[^\n]$/,
};

/** Types and structures that a plain text has. */
export function featuresOf(text: string): string[] {
  const types = readSopsYaml({ file: 'generated', text }).documents.flatMap((document) =>
    document.leaves.map(({ value }) => value?.type ?? 'null'),
  );
  return [...types, ...Object.entries(structures).flatMap(([what, sign]) => (sign.test(text) ? [what] : []))];
}
