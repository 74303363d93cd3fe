/** Why a text is no RFC 1123 label, and the nearest one that is. */
export interface LabelFault {
  message: string;
  /** A label made of what was given; absent when nothing usable is left. */
  corrected?: string;
}

/**
 * Judges a name that becomes Kubernetes object names and folder names: an RFC 1123 label of at most `longest` characters.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function labelFault(name: string, longest = 63): LabelFault | undefined {
  const message = whyNotLabel(name, longest);
  if (message === undefined) return undefined;
  const corrected = correct(name, longest);
  return corrected === '' || corrected === name ? { message } : { message, corrected };
}

function whyNotLabel(name: string, longest: number): string | undefined {
  if (name === '') return 'a name cannot be empty';
  const odd = [...name].find((character) => !/[a-z0-9-]/.test(character));
  if (odd !== undefined) return `"${printable(odd)}" is not allowed: use lower-case letters, digits and "-"`;
  if (name.startsWith('-') || name.endsWith('-')) return 'a name begins and ends with a letter or a digit';
  if (name.length > longest) return `${name.length} characters, at most ${longest} fit the names made from it`;
  return undefined;
}

/** Control characters would act on a terminal instead of showing the fault. */
function printable(character: string): string {
  return JSON.stringify(character).slice(1, -1).replaceAll('\\"', '"');
}

function correct(name: string, longest: number): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
}
