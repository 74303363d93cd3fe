/** A word as a POSIX shell reads it back; plain words stay plain. */
export function shellQuote(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  if (!/[\p{Cc}\p{Cf}]/u.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  const escaped = word.replace(/['\\]/g, '\\$&').replace(/[\p{Cc}\p{Cf}]/gu, escapeBytes);
  return `$'${escaped}'`;
}

/** `$'…'` is in bash, zsh and POSIX.1-2024; bytes in octal are what all of them know. */
function escapeBytes(character: string): string {
  return [...Buffer.from(character, 'utf8')].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

export function shellCommand(words: readonly string[]): string {
  return words.map(shellQuote).join(' ');
}
