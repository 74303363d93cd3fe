import { isMap, isScalar, type YAMLMap } from 'yaml';
import { lineEndAfter, lineStartOf } from './column.ts';
import type { AgeEntry } from './data-key.ts';
import { formatError } from './format-error.ts';
import { type EntryColumns, entryLines } from './metadata-block.ts';
import { ageEntries, blocksOf, recipientsHolder } from './read-metadata.ts';
import type { SopsYaml } from './read-sops-yaml.ts';
import { type Edit, lineEndOf } from './splice.ts';

/**
 * The edits that change who has the data key, in every document's `sops` block. Entries that stay keep their text and
 * place; new ones follow in the style of the first.
 *
 * @param keeps whether the entry of a recipient stays
 * @throws ExpectedError `sops-unsupported` when the list is written in brackets
 */
export function ageListEdits(
  yaml: SopsYaml,
  keeps: (recipient: string) => boolean,
  added: readonly AgeEntry[],
): Edit[] {
  return blocksOf(yaml).map((block) => {
    const lineEnd = lineEndOf(yaml.text);
    const entries = ageEntries(recipientsHolder(yaml, block)).map((entry) => ({
      ...entry,
      ...linesOf(yaml, entry.node),
    }));
    const [first] = entries;
    const last = entries.at(-1);
    if (first === undefined || last === undefined) throw inBrackets(yaml, block);
    const style = styleOf(yaml, first.node, first.start);
    const kept = entries.map(({ recipient, start, end }, index) =>
      keeps(recipient) ? yaml.text.slice(start, entries[index + 1]?.start ?? end) : '',
    );
    const news = added.map((entry) => [...entryLines(entry, style.columns, style.order), ''].join(lineEnd));
    return { start: first.start, end: last.end, text: [...kept, ...news].join('') };
  });
}

/** The whole lines of one entry. */
function linesOf(yaml: SopsYaml, node: YAMLMap): { start: number; end: number } {
  const [from, to] = node.range ?? [0, 0];
  const start = lineStartOf(yaml.text, from);
  if (node.flow === true || !/^ *- +$/.test(yaml.text.slice(start, from))) throw inBrackets(yaml, node);
  return { start, end: lineEndAfter(yaml.text, to) };
}

function styleOf({ text }: SopsYaml, node: YAMLMap, lineStart: number) {
  const key = (node.range?.[0] ?? 0) - lineStart;
  const dash = text.indexOf('-', lineStart) - lineStart;
  const isEncFirst = isScalar(node.items[0]?.key) && node.items[0].key.value === 'enc';
  const order: ('recipient' | 'enc')[] = isEncFirst ? ['enc', 'recipient'] : ['recipient', 'enc'];
  const enc: unknown = node.get('enc', true);
  const source = isScalar(enc) && enc.range ? text.slice(enc.range[0], enc.range[1]) : '';
  const armor = /\n( +)-----BEGIN/.exec(source)?.[1]?.length ?? key + 2;
  const columns: EntryColumns = { dash, key, armor };
  return { columns, order };
}

function inBrackets({ file, text }: SopsYaml, node: unknown) {
  return formatError(file, text, {
    code: 'sops-unsupported',
    what: 'has a list of recipients that is not written line by line',
    hint: 'Write it once with sops: sops updatekeys FILE.',
    ...(isMap(node) && node.range ? { at: node.range[0] } : {}),
  });
}
