import type { Redactor } from '../redactor.ts';

/** Characters of a server's words that are shown. */
const longest = 300;

/**
 * What a server says of a failure, in one line: the texts of its JSON, wherever they are, without addresses of
 * documentation. A page or a novel is cut short, and nothing in it acts on a terminal.
 */
export function serverWords(body: string, redact: Redactor): string {
  const texts = [...new Set(textsIn(parsed(body)))].join('; ');
  const line = redact(texts)
    .replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return /^\s*</.test(body) ? undefined : body;
  }
}

function textsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return isNoise(key) || value === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const texts = textsIn(each, name);
    // GitLab's errors are lists by field: {"path": ["has already been taken"]}
    const isField = Array.isArray(each) && !['message', 'errors', 'error', 'base'].includes(name);
    return isField ? texts.map((text) => `${name} ${text}`) : texts;
  });
}

function isNoise(key: string): boolean {
  return ['documentation_url', 'url', 'status', 'resource', 'code', 'field', 'value'].includes(key);
}
