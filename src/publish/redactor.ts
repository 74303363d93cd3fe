import type { Secret } from '../secrets/secret.ts';

/** Takes out of a text whatever is secret. */
export type Redactor = (text: string) => string;

const mask = '[redacted]';

/**
 * Tokens by their look, where we do not know the value: a proxy's or a script's own, printed by a server.
 * https://github.blog/engineering/behind-githubs-new-authentication-token-formats
 * https://docs.gitlab.com/security/tokens/#token-prefixes
 */
const looks =
  /\b(?:gh[pousr]_[\w.-]{16,}|github_pat_\w{20,}|gl(?:pat|dt|cbt|oas|rt|ptt|ft|imt|agent|soat)-[\w.-]{12,})/g;

/** What a secret has fewer characters than is no secret, and would tear holes into every text. */
const shortest = 6;

/**
 * Knows the actual values: raw, as URLs, JSON and Basic authorization write them. In base64 a value looks different by
 * how many bytes stand before it, modulo three, so all three looks are taken out, whatever the user's name is.
 */
export function redactorOf(secrets: readonly (Secret | string)[]): Redactor {
  const values = secrets.map((secret) => (typeof secret === 'string' ? secret : secret.reveal()));
  const forms = new Set(values.filter((value) => value.length >= shortest).flatMap(formsOf));
  // A longer form first: it may hold a shorter one.
  const ordered = [...forms].sort((one, other) => other.length - one.length);
  return (text) => ordered.reduce((rest, form) => rest.replaceAll(form, mask), text).replace(looks, mask);
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const shifted = [0, 1, 2].map((before) => innerBase64(bytes, before));
  const url = encodeURIComponent(value);
  return [
    value,
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('hex'),
    ...shifted,
    ...shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ].filter((form) => form.length >= shortest);
}

/** The characters of base64 that the value alone decides when so many bytes stand before it. */
function innerBase64(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const isCut = (before + bytes.length) % 3 !== 0;
  return text.slice(before === 0 ? 0 : before + 1, isCut ? -1 : undefined);
}
