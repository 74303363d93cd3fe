import { applyChange } from './apply-change.ts';
import { newDraft, writeAs, writtenAs } from './draft.ts';
import { type DraftDocument, draftDocument, draftValue } from './draft-value.ts';
import { type FilePart, joinDocuments } from './join-documents.ts';
import { emitDocument, renderDocument } from './render-document.ts';
import { jsonCopy } from './value-kinds.ts';
import type { YamlDocument, YamlFile } from './yaml-file.ts';
import type { YamlOperation } from './yaml-operation.ts';

/** A document of the file being made: one that is there, with a draft once it is touched, or a new one. */
type Part = { source: YamlDocument; draft?: DraftDocument } | { source?: never; draft: DraftDocument };

/**
 * The text of a file after some operations, each acting on what those before it made. Everything that is not touched
 * stays byte for byte, and the text is the same when nothing has to change. What was written is parsed and compared
 * with what was meant.
 * @throws ExpectedError with a position when the YAML is invalid or an operation cannot be done safely; see `YamlRefusal`
 */
export function editYaml(file: YamlFile, operations: readonly YamlOperation[]): string {
  const parts: Part[] = file.documents.map((source) => ({ source }));
  for (const operation of operations) {
    if (operation.op === 'insert-document') insertDocument(parts, operation, operation.at ?? parts.length);
    else if (operation.op === 'remove-document') parts.splice(operation.document, 1);
    else applyChange(draftOf(parts, operation.document ?? 0), operation);
  }
  const written = parts.map((part): FilePart => ({ text: textOf(part, file), source: part.source }));
  return file.byteOrderMark + joinDocuments(file, written);
}

function textOf({ source, draft }: Part, { lineEnding }: YamlFile): string {
  if (source === undefined) {
    const lines = writtenAs(draft.root);
    if (lines !== undefined) return lines.map((line) => line + lineEnding).join('');
    return emitDocument(draftValue(draft, draft.root), lineEnding);
  }
  return draft === undefined ? source.text : renderDocument(draft, source, lineEnding);
}

function draftOf(parts: readonly Part[], index: number): DraftDocument {
  const part = parts[index];
  if (part === undefined) throw new Error(`the file has no document ${index}`);
  if (part.source === undefined) return part.draft;
  part.draft ??= draftDocument(part.source);
  return part.draft;
}

type NewDocument = Extract<YamlOperation, { op: 'insert-document' }>;

/** The first document of a file that has none fills it. */
function insertDocument(parts: Part[], { value, lines }: NewDocument, at: number): void {
  const [only, ...others] = parts;
  if (only?.source !== undefined && others.length === 0 && isBlank(only.source.text)) {
    const draft = draftOf(parts, 0);
    if (draft.root.content.kind === 'kept') {
      draft.root.content = { kind: 'new', value: jsonCopy(value) };
      return;
    }
  }
  const root = newDraft(jsonCopy(value));
  writeAs(root, lines);
  parts.splice(at, 0, { draft: { source: undefined, root, hasAliases: false } });
}

function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^[ \t]*(#.*)?\r?$/.test(line));
}
