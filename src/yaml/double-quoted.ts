/**
 * One line of text in double quotes.
 * JSON's escapes are YAML's too (https://yaml.org/spec/1.2.2/#57-escaped-characters); JSON leaves some characters bare.
 */
export function doubleQuoted(text: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/gu, escaped);
}
