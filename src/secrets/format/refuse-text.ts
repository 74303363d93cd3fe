import type { YamlSource } from '../../model/yaml-source.ts';
import { formatError } from './format-error.ts';

/** Flux reads no larger encrypted file (kustomize-controller 1.9, `maxEncryptedFileSize`); a Secret holds 1 MiB. */
const maxBytes = 5 * 1024 * 1024;

/**
 * Characters that SOPS' YAML reader refuses, or takes for a line break where YAML 1.2 sees none (U+0085, U+2028, U+2029, a
 * lone carriage return). https://github.com/yaml/go-yaml/blob/v3.0.4/yamlprivateh.go
 */
const foreignCharacter = /[^\P{Cc}\t\r\n]|\r(?!\n)|[\u2028\u2029\uFEFF\uFFFE\uFFFF\p{Cs}]/u;

/**
 * The text of a file's bytes. A byte order mark stays in it.
 *
 * @throws ExpectedError `sops-not-utf8`, `sops-too-large`
 */
export function sopsText(bytes: Uint8Array, file: string): string {
  if (bytes.length >= maxBytes) throw tooLarge(file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw formatError(file, '', {
      code: 'sops-not-utf8',
      what: 'is not UTF-8 text',
      hint: 'Save it as UTF-8. Binary values go under data:, in base64.',
    });
  }
}

/**
 * Refuses, before it is parsed, text that other readers would take for something else than we do.
 *
 * @throws ExpectedError `sops-too-large`, `sops-conflict-markers`, `sops-character`
 */
export function refuseText({ file, text }: YamlSource): void {
  if (text.length >= maxBytes || Buffer.byteLength(text) >= maxBytes) throw tooLarge(file);
  const marker = /^(?:<{7}|>{7})(?: |\r?$)/m.exec(text);
  if (marker !== null)
    throw formatError(file, text, {
      code: 'sops-conflict-markers',
      what: 'has the markers of a git merge conflict',
      why: ['Two sides encrypted the file anew; their lines do not fit together.'],
      hint: 'Take one side whole (git checkout --ours or --theirs), then set the values of the other side again.',
      at: marker.index,
    });
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const found = foreignCharacter.exec(text.slice(start));
  if (found === null) return;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw formatError(file, text, {
    code: 'sops-character',
    what: `has the character U+${code}, which SOPS reads differently or not at all`,
    hint: 'Write it as an escape in double quotes, for example "\\u2028".',
    at: start + found.index,
  });
}

function tooLarge(file: string) {
  return formatError(file, '', {
    code: 'sops-too-large',
    what: 'is 5 MiB or larger',
    why: ['Flux does not decrypt files above 5 MiB, and a Secret holds 1 MiB.'],
    hint: 'Split it, or keep what is large elsewhere.',
  });
}
