/** What is left of a text after variables are put in; `unset` and `odd` name what stops it. */
export interface Substituted {
  text: string;
  unset: readonly string[];
  /** Expressions that this reader does not know. */
  odd: readonly string[];
}

/**
 * Plain variables and defaults of Flux' post-build substitution, written apart from the code it judges.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function substituteSimply(text: string, variables: ReadonlyMap<string, string>): Substituted {
  const unset: string[] = [];
  const odd: string[] = [];
  const made = text.replace(/\$\$|\$\{([^}]*)\}/g, (whole: string, inner: string | undefined) => {
    if (inner === undefined) return '$';
    const [, name = '', fallback] = /^([A-Za-z_]\w*)(?::?[=-]([^$]*))?$/.exec(inner) ?? [];
    if (name === '') odd.push(whole);
    else if (!variables.has(name) && fallback === undefined) unset.push(name);
    const value = variables.get(name);
    return value === undefined || (value === '' && fallback !== undefined) ? (fallback ?? '') : value;
  });
  return { text: made, unset, odd };
}
