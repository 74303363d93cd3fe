import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect } from 'vitest';

const schema: unknown = JSON.parse(readFileSync('src/cli/output-schema.json', 'utf8'));
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema as object);

export interface OutputDocument {
  command: string;
  ok: boolean;
  dryRun: boolean;
  result?: { repository: string; id: string; keysFolder?: string; keys: { file: string; recipient?: string }[] };
  changes: { path: string; action: string; unit: string; ownership: string }[];
  steps: { id: string; title: string; state: string }[];
  problems: {
    rule: string;
    severity: string;
    message: string;
    file?: string;
    line?: number;
    column?: number;
    hint?: string;
  }[];
  nextSteps: string[];
  error?: { code: string; message: string; hint?: string };
}

/** Reads stdout as the one document it must be, and holds it against the schema that ships. */
export function outputDocument(stdout: string): OutputDocument {
  const document: unknown = JSON.parse(stdout);
  validate(document);
  expect(validate.errors).toBeNull();
  return document as OutputDocument;
}
