import { normalize } from 'node:path';

/** Whether a folder, as the person gave it, is the one they are in. */
export function isHere(shown: string): boolean {
  return /^\.[/\\]?$/.test(normalize(shown));
}

/** A folder in a sentence: a lone dot would look like the sentence's end. */
export function folderWords(shown: string): string {
  return isHere(shown) ? 'this folder' : shown;
}

/** The words that send one of our commands, or git, there; none where the person is there already. */
export function thereWords(shown: string): string[] {
  return isHere(shown) ? [] : ['-C', shown];
}
