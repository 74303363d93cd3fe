import { Document, visit } from 'yaml';

/** What YAML 1.1 takes for a line break, what a reader refuses, and what an editor does not show. */
const hidden = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/u;

/** Lines that a block scalar would hold only with indicators, or with blanks that editors remove. */
const untidyLines = /^\s|[ \t]$|[ \t]\n|\n\n$/;

/**
 * A value as block-style YAML, lists indented by two, with one trailing newline.
 * Text is quoted where a reader of YAML 1.1 (Kubernetes tools) or 1.2 could take it for something else.
 */
export function yamlBlock(value: unknown): string {
  const document = new Document(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && (hidden.test(node.value) || untidyLines.test(node.value)))
        node.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
  // Only double quotes hold these, and JSON's escapes, which the library uses, leave some of them bare.
  return text.replace(new RegExp(hidden, 'gu'), escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
