import type { Io } from '../../cli/io.ts';
import { type Paint, paintFor } from '../../cli/marks.ts';
import { printable } from '../../cli/printable.ts';
import { npx } from '../../cli/program.ts';
import { tableLines, tableWidth } from '../../cli/table.ts';
import { wrapped } from '../../cli/wrapped.ts';
import type { ListedSecret } from '../../secrets/list-secrets.ts';
import { ageInWords, decryptersInWords, few, readersInWords } from './list-words.ts';

const titles = ['Keys', 'Readers', 'Decrypted by', 'Last change'] as const;

/** The list for people: in a terminal by environment and cluster, in a pipe one line a file. */
export function listText(io: Io, secrets: readonly ListedSecret[], now: Date): string {
  if (secrets.length === 0) return `There are no secrets yet. To make one: ${npx} secrets create --help\n`;
  if (io.stdout.isTTY !== true) return `${plainRows(secrets).join('\n')}\n`;
  const paint = paintFor(io.stdout);
  const width = io.stdout.columns ?? 80;
  const sections = groups(secrets).map(({ title, members }) => [
    paint('bold', title),
    ...groupLines(members, { paint, width, now }),
  ]);
  const notes = [
    ...(secrets.some(({ owner }) => owner === null) ? ['* not in flux-repo.yaml'] : []),
    ...(secrets.some(({ lastChanged }) => lastChanged !== null) ? notesOfSops(width) : []),
  ].map((note) => paint('dim', note));
  return `${[...sections, ...(notes.length === 0 ? [] : [notes])].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function notesOfSops(width: number): string[] {
  const age = 'Last change: of a value, or of the data key. How old the data key itself is, is written nowhere.';
  return [...wrapped(age, width), `What clusters can really read: ${npx} secrets verify`];
}

interface Look {
  paint: Paint;
  width: number;
  now: Date;
}

/** Environments, then clusters, then what belongs to neither by its folder. */
function groups(secrets: readonly ListedSecret[]): { title: string; members: ListedSecret[] }[] {
  const found = new Map<string, ListedSecret[]>();
  const rank = (secret: ListedSecret) => (secret.environment === null ? (secret.cluster === null ? 2 : 1) : 0);
  const titleOf = ({ environment, cluster }: ListedSecret) => {
    if (environment !== null) return `Environment ${environment}`;
    return cluster === null ? 'Elsewhere' : `Cluster ${cluster}`;
  };
  for (const secret of secrets.toSorted((one, other) => rank(one) - rank(other))) {
    const title = titleOf(secret);
    found.set(title, [...(found.get(title) ?? []), secret]);
  }
  return [...found].map(([title, members]) => ({ title: printable(title), members }));
}

function groupLines(members: readonly ListedSecret[], look: Look): string[] {
  const { paint, width } = look;
  const rows = members.map((secret) => [pathCell(secret, look), ...cells(secret, look)]);
  const table = [['File', ...titles].map((title) => paint('dim', title)), ...rows];
  if (tableWidth(table) + 2 <= width) return tableLines(table).map((line) => `  ${line}`);
  const pad = Math.max(...titles.map((title) => title.length)) + 2;
  return rows.flatMap(([path = '', ...values]) => [
    `  ${path}`,
    ...values.flatMap((value, index) => {
      const [first = '', ...more] = wrapped(value, Math.max(20, width - pad - 4));
      const title = paint('dim', (titles[index] ?? '').padEnd(pad));
      return value === '' ? [] : [`    ${title}${first}`, ...more.map((line) => `    ${' '.repeat(pad)}${line}`)];
    }),
  ]);
}

function pathCell({ path, owner }: ListedSecret, { paint }: Look): string {
  return owner === null ? `${printable(path)}${paint('yellow', '*')}` : printable(path);
}

function cells(secret: ListedSecret, { paint, now }: Look): string[] {
  const decrypted = printable(decryptersInWords(secret));
  const isWired = secret.decryptedBy.length > 0 && secret.decryptedBy.every(({ decrypts }) => decrypts);
  return [
    printable(few(secret.keys)),
    printable(readersInWords(secret)),
    isWired || decrypted === '' ? decrypted : paint('yellow', decrypted),
    changeCell(secret, now, paint),
  ];
}

function changeCell({ state, lastChanged }: ListedSecret, now: Date, paint: Paint): string {
  switch (state) {
    case 'missing':
      return paint('yellow', 'no file yet');
    case 'exposed':
      return paint('red', 'a value is in plain text');
    case 'unreadable':
      return paint('red', 'cannot be read');
    case 'sealed':
      return 'the controller opens it';
    case 'external':
      return 'the store has the values';
    case 'elsewhere':
      return 'brought by hand';
    case 'encrypted':
      return lastChanged === null ? '' : ageInWords(lastChanged, now);
  }
}

/** For grep and awk: no blanks in a cell, `-` for nothing, nothing shortened. */
function plainRows(secrets: readonly ListedSecret[]): string[] {
  const list = (items: readonly string[]) => printable(items.join(',').replaceAll(' ', '/')) || '-';
  return tableLines([
    ['FILE', 'STATE', 'KEYS', 'READERS', 'DECRYPTED-BY', 'LAST-CHANGE'],
    ...secrets.map(({ path, state, keys, readers, foreign, decryptedBy, lastChanged }) => [
      printable(path),
      state,
      list(keys),
      list([...readers.map(({ name, recipient }) => name ?? recipient), ...foreign]),
      list(decryptedBy.map(({ cluster, kustomization }) => `${cluster}/${kustomization}`)),
      lastChanged ?? '-',
    ]),
  ]);
}
