/** The way to a node of one YAML document: map keys and list indexes (0-based) from the root. */
export type YamlPath = readonly (string | number)[];

/** Finds the first list item that is a map with all these keys and values: `{ name: 'app' }`. */
export type YamlMatch = Readonly<Record<string, string | number | boolean>>;

/** A YamlPath that may name a list's item by what identifies it: `['spec', 'containers', { name: 'app' }, 'image']`. */
export type YamlAddress = readonly (string | number | YamlMatch)[];

/** For messages: `spec.containers[name=app].image`, list indexes as `[0]`, the root as `the document`. */
export function addressText(address: YamlAddress): string {
  const text = address.map(stepText).join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}

function stepText(step: YamlAddress[number]): string {
  if (typeof step === 'string') return `.${step}`;
  if (typeof step === 'number') return `[${step}]`;
  const conditions = Object.entries(step).map(([key, value]) => `${key}=${value}`);
  return `[${conditions.join(',')}]`;
}
