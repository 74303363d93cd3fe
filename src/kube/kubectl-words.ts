import { stripVTControlCharacters } from 'node:util';

const mostLines = 6;
const mostCharacters = 240;
/** Base64 and age identities as an API server or a webhook may quote them; names have dots and dashes in them. */
const quotedData = /AGE-SECRET-KEY-[0-9A-Z]*|[A-Za-z0-9+/]{24,}=*/gi;
/** kubectl's own log, printed before it says the same in one line: `E1123 08:22:37.965132 3526 memcache.go:265] …` */
const logLine = /^[EWI]\d{4} \d\d:\d\d:\d\d\.\d+ .*$/;
const logged = /^[EWI]\d{4} [^\n]*err=<\n[\s\S]*?^ >$/gm;

/** What kubectl said, fit for an error's `why`: no log, no colours, bounded, and nothing that may be a Secret's content. */
export function kubectlWords(stderr: string): string[] {
  const lines = stripVTControlCharacters(stderr)
    .replaceAll(logged, '')
    .split(/\r?\n|\r/)
    .map((line) => line.trim().replaceAll(quotedData, '[redacted]'))
    .filter((line) => line !== '' && !logLine.test(line))
    .map((line) => (line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…` : line));
  return lines.length > mostLines ? [...lines.slice(0, mostLines), '…'] : lines;
}
