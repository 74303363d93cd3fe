import type { DraftDocument } from './draft-value.ts';
import type { IndentStyle } from './indent-style.ts';
import type { Slot } from './layout.ts';
import type { Splice } from './splice.ts';
import { refuseYaml, type YamlRefusal } from './yaml-refusal.ts';

/** Turns the drafts of one existing document into splices, which are collected here. */
export interface Rendering {
  document: DraftDocument;
  text: string;
  lineEnding: '\n' | '\r\n';
  style: IndentStyle;
  splices: Splice[];
}

/** A slot, and what it is a part of. */
export interface Place extends Slot {
  parent: 'root' | 'map' | 'list' | 'flow';
  /** The flow collection is written as JSON is. */
  quoted?: boolean;
}

export function splice(rendering: Rendering, start: number, end: number, text: string): void {
  if (end > start || text !== '') rendering.splices.push({ start, end, text });
}

export function refuse(rendering: Rendering, code: YamlRefusal, message: string, offset: number): Error {
  const place = rendering.document.source?.placeOf(offset) ?? { line: 1, column: 1 };
  return refuseYaml(code, message, place);
}
