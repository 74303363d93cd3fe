import { ExpectedError } from '../../errors.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';

/** What the errors of this folder are made of. No part may hold a value, encrypted or not. */
interface FormatFailure {
  code: string;
  /** What is wrong, for a sentence that begins with the file: `db.sops.yaml:3:5 is …`. */
  what: string;
  why?: readonly string[];
  hint: string;
  /** Offset in the text, when there is one place to look at. */
  at?: number;
}

/** A failure about one file's text, with the line and column of its place (both from 1). */
export function formatError(file: string, text: string, { code, what, why, hint, at }: FormatFailure): ExpectedError {
  const place = at === undefined ? file : `${file}:${lineAndColumn(text, at)}`;
  return new ExpectedError({
    code,
    exitCode: 1,
    message: `${place} ${what}`,
    ...(why === undefined ? {} : { why }),
    hint,
  });
}

/** A path as people write it: `stringData.hosts[0]`, and `data["tls.crt"]` for keys with other characters. */
export function pathText(path: YamlPath): string {
  const text = path
    .map((part) => {
      if (typeof part === 'number') return `[${part}]`;
      return /^[\w-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
    })
    .join('');
  return text.replace(/^\./, '');
}

function lineAndColumn(text: string, at: number): string {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return `${before.split('\n').length}:${at - lineStart + 1}`;
}
