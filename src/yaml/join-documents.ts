import type { YamlDocument, YamlFile } from './yaml-file.ts';

/** A document's text; new ones, without source, have no marker yet. */
export interface FilePart {
  text: string;
  source: YamlDocument | undefined;
}

/** Puts documents together, with markers where new neighbours need them. */
export function joinDocuments(file: YamlFile, parts: readonly FilePart[]): string {
  const { lineEnding } = file;
  const originalFirst = file.documents[0];
  let text = '';
  let asBefore = true;
  for (const [index, part] of parts.entries()) {
    const isFirst = index === 0;
    asBefore &&= part.source !== undefined && part.source === file.documents[index];
    if (asBefore) {
      text += part.text;
      continue;
    }
    if (text !== '' && !text.endsWith('\n')) text += lineEnding;
    if (isFirst) text += originalFirst && part.source !== originalFirst ? headOf(originalFirst, parts) : '';
    if (isFirst && part.source !== undefined && originalFirst && markerAt(originalFirst.text) === undefined)
      text += part.text.replace(/^---[ \t]*\r?\n/, '');
    else text += isFirst ? part.text : separated(text, part.text, lineEnding);
  }
  return text;
}

/** Comments above the first marker are about the file and stay when its first document goes. */
function headOf({ text }: YamlDocument, parts: readonly FilePart[]): string {
  if (parts.some(({ source }) => source?.text === text)) return '';
  const head = text.slice(0, markerAt(text) ?? 0);
  return /^%/m.test(head) ? '' : head;
}

/** A document behind another one begins with a marker, and directives only behind the other's end marker. */
function separated(before: string, text: string, lineEnding: string): string {
  const marker = markerAt(text);
  const hasDirectives = marker !== undefined && /^%/m.test(text.slice(0, marker));
  const isEnded = /(^|\n)\.\.\.[^\n]*\n$/.test(before);
  const end = hasDirectives && !isEnded ? `...${lineEnding}` : '';
  return `${end}${marker === undefined ? `---${lineEnding}` : ''}${text}`;
}

/** Offset of the document's `---`, if it has one. */
function markerAt(text: string): number | undefined {
  const prefix = /^(?:(?:[ \t]*(?:#[^\n]*)?|%[^\n]*)\r?\n)*(?=---(?:\s|$))/.exec(text);
  return prefix?.[0].length;
}
