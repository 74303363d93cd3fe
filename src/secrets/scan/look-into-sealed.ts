import { ExpectedError } from '../../errors.ts';
import type { YamlSource } from '../../model/yaml-source.ts';
import { coverageOf } from '../format/encryption-rule.ts';
import { type Inspection, inspectFile } from '../format/inspect-file.ts';
import type { Place } from './scan-rule.ts';

/** What an encrypted file tells without a key, or why it tells nothing. */
export type SealedLook =
  | { inspection: Inspection /** Its rule is for at least one of its values. */; coversAny: boolean }
  | { fault: SealedFault };

/** Why an encrypted file cannot be looked into. */
export interface SealedFault {
  /** Of `src/secrets/format`: `sops-syntax`, `sops-incomplete` … */
  code: string;
  place: Place;
  /** For a sentence that begins with the file. */
  what: string;
}

/** The beginning of a `sops` block, in a map written in lines. */
export const sopsKey: RegExp = /^["']?sops["']?[ \t]*:/m;

/** A `sops` block, or something else that only SOPS writes. */
export function looksEncrypted(text: string): boolean {
  if (text.includes('ENC[AES256_GCM,')) return true;
  return text.includes('sops') && text.includes('lastmodified') && sopsKey.test(text);
}

/** Looks at an encrypted file as `inspectFile` does; what that refuses is a finding here. */
export async function lookIntoSealed(source: YamlSource): Promise<SealedLook> {
  try {
    const inspection = await inspectFile(source);
    const covers = await coverageOf(inspection.rule, source.file);
    return { inspection, coversAny: inspection.values.some(({ path }) => covers(path)) };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return { fault: faultIn(error, source.file) };
  }
}

/** The messages of `formatError` begin with the file and, where there is one, the place. */
function faultIn({ code, message }: ExpectedError, file: string): SealedFault {
  const rest = message.startsWith(file) ? message.slice(file.length) : ` cannot be read: ${message}`;
  const [, line = '1', column = '1', what = rest.trim()] = /^:(\d+):(\d+) (.*)$/s.exec(rest) ?? [];
  return { code, place: { line: Number(line), column: Number(column) }, what };
}
