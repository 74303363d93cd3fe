/** Several things with commas between them, as people write lists; here a comma begins a setting of one thing. */
export function listCommas(words: readonly string[], things: string): string | undefined {
  const isList = words.some((word) => /^,|(?<!\\),$|^[^,=]+(,[^,=]+)+$/.test(word));
  return isList ? `separate ${things} with blanks, not commas` : undefined;
}
