import { isJsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { plainJson } from '../../yaml/plain-json.ts';

/**
 * A value as kustomize-controller prints it before it substitutes: what is quoted, and how, decides what a variable's
 * value may turn a text into. Long lines are not folded. https://pkg.go.dev/sigs.k8s.io/yaml
 */
export function goYaml(value: JsonValue): string {
  return block(value, '').replace(/^\n/, '');
}

function block(value: JsonValue, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n';
    return `\n${value.map((item) => `${indent}-${inList(item, `${indent}  `)}`).join('')}`;
  }
  if (isJsonObject(value)) {
    const keys = Object.keys(value).sort();
    if (keys.length === 0) return ' {}\n';
    return `\n${keys.map((key) => `${indent}${key.includes('\n') ? quoted(key) : scalar(key, '')}:${field(value[key] ?? null, indent)}`).join('')}`;
  }
  return ` ${typeof value === 'string' ? scalar(value, indent) : JSON.stringify(value)}\n`;
}

/** Lists stand as deep as the key they belong to. */
function field(value: JsonValue, indent: string): string {
  return block(value, Array.isArray(value) ? indent : `${indent}  `);
}

/** The first line of a map or list begins beside the dash. */
function inList(item: JsonValue, indent: string): string {
  const text = block(item, indent);
  return text.startsWith('\n') ? ` ${text.slice(1 + indent.length)}` : text;
}

/** What go-yaml escapes, in double quotes. */
const special = /[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd]|\ufeff/u;
const indicator = /^[#,[\]{}&*!|>'"%@`]|^[?:-]([ \n]|$)|: |:\n|:$|[ \n]#|^(---|\.\.\.)/;

function scalar(text: string, indent: string): string {
  const isOdd = special.test(text) || / \n/.test(text);
  if (text.includes('\n')) return isOdd || text.endsWith(' ') ? quoted(text) : literal(text, indent);
  if (isOdd || text === '') return quoted(text);
  if (typeof plainJson(text, 'kustomization') !== 'string' || /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/.test(text))
    return quoted(text);
  return indicator.test(text) || /^ | $/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function literal(text: string, indent: string): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomping = text.endsWith('\n') ? (/(^|\n)\n$/.test(text) ? '+' : '') : '-';
  const lines = text.replace(/\n$/, '').split('\n');
  return `|${hint}${chomping}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}
