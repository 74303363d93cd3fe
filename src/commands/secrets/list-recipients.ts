import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Io } from '../../cli/io.ts';
import { marksFor, paintFor } from '../../cli/marks.ts';
import type { NextStep, Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import { widthOfPipe } from '../../cli/wrapped.ts';
import { listFiles } from '../../git/list-files.ts';
import type { Model } from '../../model/model.ts';
import { inOrder } from '../../model/units.ts';
import { shownRecipient } from '../../secrets/format/data-key.ts';
import { keyFileName } from '../../secrets/key-name.ts';
import { repositoryKeys } from '../../secrets/keys-folder.ts';
import { type EncryptedFile, encryptedFiles } from '../../secrets/readers/encrypted-files.ts';
import { nextLines } from '../create-text.ts';
import { keyPath } from '../next-steps.ts';
import type { OpenRepository } from '../open-repository.ts';
import { noteProblems } from '../outcome-of-run.ts';

/** Somebody who can read. */
interface ReaderRow {
  kind: 'person' | 'cluster' | 'environment' | 'unknown';
  name: string;
  recipient: string;
  /** How many files are encrypted for them. */
  files: number;
  /** While a key is rotated: which of the two. */
  rotation?: 'old' | 'new';
}

/** Lists who can read how many files, and says how the recovery key is kept and used. No private key is needed. */
export async function listRecipients(
  io: Io,
  repository: OpenRepository,
  { keysDirectory }: { keysDirectory: string | undefined },
): Promise<Outcome> {
  const { model, root, tree, notes } = repository;
  const files = encryptedFiles(tree, await listFiles(root, io));
  const readers = readerRows(model, files);
  const keysFolder = repositoryKeys(
    { ...io, flag: keysDirectory },
    { repository: model.repository.name, id: model.id },
  );
  const nextSteps = model.secrets.recipients?.recovery === undefined ? [] : await recoverySteps(io, keysFolder);
  const look = { paint: paintFor(io.stdout), marks: marksFor(io) };
  const steps = nextLines(nextSteps, look, io.stdout.columns ?? widthOfPipe).slice(1);
  const heading = look.paint('bold', 'The recovery key opens everything, and only it helps when others are lost');
  const text = [...readerLines(readers, files.length), ...(steps.length === 0 ? [] : ['', heading, ...steps])];
  return {
    changes: [],
    steps: [],
    problems: noteProblems(notes),
    nextSteps,
    result: { files: files.length, readers },
    text: `${text.join('\n')}\n`,
  };
}

function readerRows(model: Model, files: readonly EncryptedFile[]): ReaderRow[] {
  const count = (recipient: string) => files.filter(({ recipients }) => recipients.includes(recipient)).length;
  const owned = (kind: 'cluster' | 'environment', map: Record<string, { recipients?: string[] | undefined }>) =>
    inOrder(map).flatMap(([name, { recipients = [] }]) =>
      recipients.map((recipient, index): ReaderRow => {
        const rotation = index === recipients.length - 1 ? ('new' as const) : ('old' as const);
        return { kind, name, recipient, files: count(recipient), ...(recipients.length > 1 && { rotation }) };
      }),
    );
  const known: ReaderRow[] = [
    ...inOrder(model.secrets.recipients).map(
      ([name, recipient]): ReaderRow => ({ kind: 'person', name, recipient, files: count(recipient) }),
    ),
    ...owned('environment', model.environments),
    ...owned('cluster', model.clusters),
  ];
  const names = new Set(known.map(({ recipient }) => recipient));
  const strangers = [...new Set(files.flatMap(({ recipients }) => recipients))].filter((each) => !names.has(each));
  return [
    ...known,
    ...strangers.sort().map(
      (recipient): ReaderRow => ({
        kind: 'unknown',
        name: 'not in flux-repo.yaml',
        recipient,
        files: count(recipient),
      }),
    ),
  ];
}

function readerLines(readers: readonly ReaderRow[], total: number): string[] {
  if (readers.length === 0) return ['Nobody can read the secrets: flux-repo.yaml names no recipient.'];
  const nameOf = ({ kind, name, rotation }: ReaderRow) =>
    `${kind === 'cluster' || kind === 'environment' ? `${kind} ${name}` : name}${rotation === undefined ? '' : ` (${rotation})`}`;
  const longest = Math.max(...readers.map((reader) => nameOf(reader).length), 'Who'.length);
  const row = (who: string, files: string, recipient: string) =>
    `${who.padEnd(longest)}  ${files.padStart(5)}  ${recipient}`;
  return [
    filesInWords(total),
    '',
    row('Who', 'Files', 'Public key'),
    ...readers.map((reader) => row(nameOf(reader), String(reader.files), shownRecipient(reader.recipient))),
  ];
}

function filesInWords(total: number): string {
  if (total === 0) return 'No file is encrypted yet.';
  return total === 1 ? 'There is one encrypted file.' : `There are ${total} encrypted files.`;
}

async function recoverySteps(io: Io, keysFolder: string): Promise<NextStep[]> {
  const path = keyPath({ keysFolder, home: io.home, platform: io.platform }, { kind: 'recovery' });
  const isHere = await access(join(keysFolder, keyFileName({ kind: 'recovery' }))).then(
    () => true,
    () => false,
  );
  const use: NextStep = {
    text: 'When it is needed, bring it back for one command, and name it by a variable:',
    commands: [`SOPS_AGE_KEY_FILE=FILE ${npx} secrets recipients update`],
  };
  if (!isHere) return [use];
  return [
    {
      text: 'It is on this machine. Put it into two places offline (a password manager, a stick in a safe), see that both are readable:',
      commands: [`cp ${path} FIRST_PLACE/`, `cp ${path} SECOND_PLACE/`],
    },
    { text: 'Then delete it here:', commands: [`rm ${path}`] },
    use,
  ];
}
