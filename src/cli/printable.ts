/**
 * Text that may hold what somebody typed, fit for a terminal: control and invisible format characters are written out,
 * so that they show instead of act. Line breaks count as control characters: split into lines first.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
