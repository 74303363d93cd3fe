import type { JsonValue } from './json-value.ts';
import type { YamlDialect } from './plain-json.ts';
import { readAnyValue } from './read-any-value.ts';
import { readSimpleValue } from './read-simple-value.ts';
import { splitDocuments } from './split-documents.ts';
import { ValueFault } from './value-fault.ts';

/** One document of a file. */
export interface ValueDocument {
  value: JsonValue;
  /** 0-based, among all documents of the file, empty ones too. */
  index: number;
  /** 1-based line of the file on which the value begins. */
  line: number;
}

/**
 * The values of all documents of a YAML or JSON text; an empty document is null.
 * Many times faster than a parse with positions: where a position is needed, the text is read again.
 *
 * @throws ValueFault with the line of the file
 */
export function readValues(text: string, dialect: YamlDialect = 'manifest'): ValueDocument[] {
  const unmarked = text.startsWith('\ufeff') ? text.slice(1) : text;
  const chunks = splitDocuments(unmarked.includes('\r') ? unmarked.replaceAll('\r\n', '\n') : unmarked);
  return chunks.map((chunk, index) => {
    try {
      const { value, row } = readSimpleValue(chunk.text, dialect) ?? readAnyValue(chunk.text, dialect);
      return { value, index, line: chunk.line + row };
    } catch (error) {
      if (error instanceof ValueFault) throw new ValueFault(error.message, chunk.line + error.line - 1);
      throw error;
    }
  });
}
