const version = String.raw`v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*])){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?`;
const comparison = new RegExp(String.raw`^(?:=|==|!=|>|<|>=|=>|<=|=<|~|~>|\^)?\s*${version}$`);
const hyphenRange = new RegExp(String.raw`^${version}\s+-\s+${version}$`);

/**
 * Whether Flux can select versions by the text: alternatives by `||`, in them comparisons by blanks or commas.
 * https://github.com/Masterminds/semver#checking-version-constraints
 */
export function isVersionRange(text: string): boolean {
  // What a cluster variable says is known in the cluster only.
  if (text.includes('${')) return true;
  return text.split('||').every((alternative) => {
    const trimmed = alternative.trim();
    if (hyphenRange.test(trimmed)) return true;
    const parts = trimmed.replace(/([<>=!~^])\s+/g, '$1').split(/[\s,]+/);
    return parts.every((part) => comparison.test(part));
  });
}
