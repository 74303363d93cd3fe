import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isScalar, isSeq, type Node, parseAllDocuments, type Scalar, visit } from 'yaml';
import type { Dice } from './dice.ts';
import { type Documents, documentsOf, type Json, objectOf, setAt, type Way } from './yaml-values.ts';

/** Texts here have LF; undefined means that this text cannot be edited so. */
type HandEdit = (text: string, dice: Dice, fresh: number) => string | undefined;

/** Only what changes no value. */
export const rewritings: Record<'reformat' | 'reorder' | 'comment' | 'add-anchor' | 'rename-anchor', HandEdit> = {
  reformat: (text, dice) => sayingTheSame(text, reformatted(text, dice)),
  reorder: (text, dice) => (/[*&][\w-]+/.test(text) ? undefined : sayingTheSame(text, reordered(text, dice))),
  comment: (text, dice, fresh) => sayingTheSame(text, commented(text, dice, `note ${fresh}.`)),
  'add-anchor': (text, dice, fresh) => sayingTheSame(text, anchored(text, dice, `mine-${fresh}`)),
  'rename-anchor': (text, dice, fresh) => {
    const name = dice.choose([...text.matchAll(/&(mine-\d+)\b/g)])?.[1];
    return name && sayingTheSame(text, text.replace(new RegExp(`([&*])${name}\\b`, 'g'), `$1mine-${fresh}`));
  },
};

/** Another scalar in place of one, and nothing else; undefined where aliases are in the way. */
export function withScalar(text: string, way: Way, to: string | number | boolean): string | undefined {
  const node = nodeAt(parseAllDocuments(text), way);
  if (
    !isScalar(node) ||
    node.anchor !== undefined ||
    !['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'].includes(node.type ?? '')
  )
    return undefined;
  const wanted = structuredClone(documentsOf(text));
  setAt(wanted, way, to);
  return saying(wanted, spliced(text, node, JSON.stringify(to)));
}

/** One more entry somewhere in `resources`. */
export function withResource(text: string, dice: Dice, entry: string): string | undefined {
  const documents = parseAllDocuments(text);
  const list = documents[0]?.get('resources');
  if (documents.length !== 1 || !isSeq(list)) return undefined;
  list.items.splice(dice.roll(list.items.length + 1), 0, documents[0]?.createNode(entry));
  return written(documents);
}

function sayingTheSame(before: string, after: string | undefined): string | undefined {
  return after === before ? undefined : saying(documentsOf(before), after);
}

function saying(wanted: Documents, text: string | undefined): string | undefined {
  try {
    return text !== undefined && isDeepStrictEqual(documentsOf(text), wanted) ? text : undefined;
  } catch {
    return undefined;
  }
}

function written(documents: readonly Document[], options: { indent?: number; indentSeq?: boolean } = {}): string {
  return documents.map((document) => document.toString({ lineWidth: 0, ...options })).join('');
}

function reformatted(text: string, dice: Dice): string {
  const documents = parseAllDocuments(text);
  for (const document of documents)
    visit(document, {
      Scalar(key, node) {
        if (key === 'key' || typeof node.value !== 'string' || node.value.includes('\n')) return;
        const type = dice.pick(['PLAIN', 'PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'] as const);
        if (type !== 'PLAIN') node.type = type;
      },
      Collection(_, node) {
        if (dice.roll(12) === 0) node.flow = true;
      },
    });
  return written(documents, { indent: dice.pick([2, 3, 4]), indentSeq: dice.roll(2) === 0 });
}

function reordered(text: string, dice: Dice): string {
  const documents = parseAllDocuments(text);
  for (const document of documents)
    visit(document, {
      Map(_, map) {
        if (dice.roll(2) === 0) map.items = dice.shuffle(map.items);
      },
    });
  return written(documents);
}

/** On a line of its own above one, or at a line's end. */
function commented(text: string, dice: Dice, note: string): string {
  const lines = text.split('\n');
  const at = dice.roll(lines.length);
  const line = lines[at] ?? '';
  const indent = /^ */.exec(line)?.[0] ?? '';
  if (dice.roll(2) === 0 || line.trim() === '' || line.includes('#')) lines.splice(at, 0, `${indent}# ${note}`);
  else lines[at] = `${line} # ${note}`;
  return lines.join('\n');
}

/** Two equal values: the second becomes an alias of the first. */
function anchored(text: string, dice: Dice, name: string): string | undefined {
  for (const document of dice.shuffle(parseAllDocuments(text))) {
    const values: Scalar[] = [];
    visit(document, {
      Scalar(key, node) {
        if (key !== 'key' && typeof node.value === 'string' && node.anchor === undefined) values.push(node);
      },
    });
    const plain = values.filter(({ value, type }) => type === 'PLAIN' && value !== '');
    const first = dice.choose(plain.filter((one, at) => plain.slice(at + 1).some(({ value }) => value === one.value)));
    const second = first && plain.find((one) => one !== first && one.value === first.value && isAfter(one, first));
    if (first === undefined || second === undefined) continue;
    return spliced(spliced(text, second, `*${name} `), first, `&${name} ${String(first.source)}`);
  }
  return undefined;
}

function isAfter(one: Node, other: Node): boolean {
  return (one.range?.[0] ?? 0) > (other.range?.[0] ?? 0);
}

function spliced(text: string, { range }: Node, by: string): string {
  return text.slice(0, range?.[0]) + by + text.slice(range?.[1]);
}

function nodeAt(documents: readonly Document[], [object, ...way]: Way): Json {
  let node: Json = documents.find((document) => objectOf(document.toJS()) === object)?.contents;
  for (const step of way) {
    if (typeof step === 'string') node = isMap(node) ? node.get(step, true) : undefined;
    else node = isSeq(node) ? node.items.find((item) => isMap(item) && item.get('name') === step.name) : undefined;
  }
  return node;
}
