import type { Io } from '../../cli/io.ts';
import { marksFor, paintFor } from '../../cli/marks.ts';
import { widthOfPipe, wrapped } from '../../cli/wrapped.ts';
import type { Model } from '../../model/model.ts';
import { credentialOfRepository } from '../../model/repository-credential.ts';
import { inOrder } from '../../model/units.ts';
import { type Publishing, remoteOf } from '../../publish/publishing.ts';
import { deployKeyTitle } from '../../publish/steps/deploy-key.ts';
import { deployKeyFolder, readDeployKey } from '../../secrets/deploy-keys/deploy-key-folder.ts';
import type { StepsRun } from '../run-steps.ts';

/** What scripts get; of keys the public halves only. */
export interface PublishedFacts extends Record<string, unknown> {
  /** For a browser; absent while the repository is not there. */
  url?: string;
  /** For `origin`. */
  httpsUrl?: string;
  /** For Flux. */
  sshUrl?: string;
  branch: string;
  commit: string;
  deployKeys: readonly { cluster: string; title: string; folder: string; publicKey?: string }[];
}

/** What is published where, by now. */
export async function publishedFacts(
  publishing: Publishing,
  model: Model,
  keysFolder: string,
): Promise<PublishedFacts> {
  const { found, local } = publishing;
  const { repository } = found;
  const isKeyed = credentialOfRepository(model) === 'deploy-key';
  const clusters = inOrder(isKeyed ? model.clusters : {}).map(async ([cluster]) => {
    const folder = deployKeyFolder(keysFolder, cluster);
    const kept = await readDeployKey(folder);
    return { cluster, title: deployKeyTitle(cluster), folder, ...(kept && { publicKey: kept.publicKey }) };
  });
  return {
    ...(repository && {
      url: repository.webUrl,
      httpsUrl: remoteOf(publishing, repository).url,
      sshUrl: repository.sshUrl,
    }),
    ...local,
    deployKeys: await Promise.all(clusters),
  };
}

/** The result for people, without the next steps. */
export function publishText(
  io: Io,
  story: {
    publishing: Publishing;
    dryRun: boolean;
    run: StepsRun;
    notes: readonly string[];
  },
): string {
  const { dryRun, run, notes } = story;
  const look = { paint: paintFor(io.stdout), marks: marksFor(io) };
  const width = io.stdout.columns ?? widthOfPipe;
  const pending = run.records
    .filter(({ state }) => state === 'pending')
    .map(({ title }) => `  ${look.marks.skipped} ${title}`);
  const skipped = run.records.flatMap(({ title, reason }) =>
    reason === undefined ? [] : [`Not done: ${title}: ${reason}.`],
  );
  const sections = [
    [heading(story)],
    dryRun && pending.length > 0 ? ['It would:', ...pending] : [],
    [...skipped, ...notes.map((note) => `${look.paint('yellow', 'Note:')} ${note}`)].flatMap((line) =>
      wrapped(line, width),
    ),
    dryRun ? ['Dry run: nothing was written, here or there.'] : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function heading({ publishing, dryRun, run }: { publishing: Publishing; dryRun: boolean; run: StepsRun }): string {
  const { found, provider, publication, local } = publishing;
  const { owner, name } = publication.ref;
  const where = found.repository?.webUrl ?? `${owner}/${name} on ${provider.host}`;
  const isAhead = found.history.standing === 'ahead' ? ` It has newer commits of ${local.branch}: git pull.` : '';
  const isDone = run.records.every(({ state }) => state === 'done');
  if (isDone && run.did.length === 0) return `Nothing to do: ${where} has all of it.${isAhead}`;
  return dryRun ? `Would publish to ${where}` : `Published: ${where}${isAhead}`;
}
