/** Keys whose values are secrets, once `camelCase`, `kebab-case` and `UPPER_CASE` are the same. */
const secretKey =
  /(^|_)(password|passwd|passphrase|pwd|token|secret|api_?key|private_?key|access_?key|secret_?key|credentials?)$/;

/** Beginnings of keys that name where a secret is, or say something about it. */
const aboutSecrets = /^(existing|use|enable|create|disable|name|image_pull|pull|tls|cert|ref)_/;

/** Texts that people put where a value will come, and samples of documentation. */
const placeholder =
  /^(change[_-]?me|todo|tbd|none|null|nil|example|placeholder|dummy|x+|\*+|\.+|-+|<.*>|\[.*\]|true|false|yes|no)$/i;

/** Names of objects, files, keys and addresses: things that a key such as `secret` or `token` may well name. */
const reference = /^(\/|\.\/|~\/|[a-z]+:\/\/|file:|vault:|ref\+|\$\(|\$\{|\{\{|%|ENC\[|AQICA)/;

/**
 * Whether a key and its value look like a secret in the open. What is a reference, a variable or a placeholder is none;
 * for `secret`, `token` and `credentials` neither is a plain name, as those keys often hold one.
 */
export function looksSecret(key: string, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = String(value).trim();
  const word = key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-.\s]/g, '_')
    .toLowerCase();
  if (!secretKey.test(word) || aboutSecrets.test(word)) return false;
  if (text.length < 4 || placeholder.test(text) || reference.test(text) || /\$\{|\{\{|\$\(/.test(text)) return false;
  if (/(^|_)(password|passwd|passphrase|pwd)$/.test(word)) return true;
  return !/^[A-Za-z]+([-_./ ][A-Za-z]+)*$/.test(text);
}
