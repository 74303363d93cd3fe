/** Variables of the environment that hold values of one Secret, by key; `''` for the one that it has. */
export type SecretVariables = ReadonlyMap<string, string>;

/**
 * Reads `[KEY=]VARIABLE`. What is no variable's name is probably the value itself, and is not repeated.
 * @param flag for faults
 */
export function readVariables(
  flag: string,
  texts: readonly string[],
): { variables: SecretVariables; faults: readonly string[] } {
  const variables = new Map<string, string>();
  const faults: string[] = [];
  for (const text of texts) {
    const [, key = '', variable] = /^(?:([A-Za-z]+)=)?([A-Za-z_][A-Za-z0-9_]*)$/.exec(text) ?? [];
    if (variable === undefined || looksLikeToken(variable)) faults.push(notAName(flag));
    else if (variables.has(key)) faults.push(`${flag} ${key === '' ? variable : key} is given twice`);
    else variables.set(key, variable);
  }
  return { variables, faults };
}

/**
 * Tokens of GitHub and keys of Datadog could be names as well, as far as their characters go; nobody names a variable so:
 * long, with small letters and capitals and digits, or with many digits.
 */
function looksLikeToken(text: string): boolean {
  if (text.length < 20 || !/[a-z]/.test(text)) return false;
  const digits = text.replace(/[^0-9]/g, '').length;
  return digits >= 5 || (digits > 0 && /[A-Z]/.test(text));
}

/** What is said when a value stands where a name belongs. */
function notAName(flag: string): string {
  return `${flag} takes the name of a variable of the environment, never a value: others see the arguments of a program`;
}

/** The variable for a key: the one that names it, or the one for all there is. */
export function variableFor(variables: SecretVariables, keys: readonly string[], key: string): string | undefined {
  return variables.get(key) ?? (keys.length === 1 ? variables.get('') : undefined);
}
