import { isUtf8 } from 'node:buffer';
import type { Contents } from '../tree/tree.ts';
import { type GitCall, runGit } from './run-git.ts';

/**
 * Reads blobs, all in one process. The answer is `<id> blob <bytes>`, a newline, the bytes, a newline for each:
 * git-cat-file(1), "batch output". What is no blob (a submodule) is left out.
 */
export async function readBlobs(ids: Iterable<string>, call: GitCall): Promise<Map<string, Contents>> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, Contents>();
  if (wanted.length === 0) return found;
  // The answer comes without its final newline; the empty name at the end, which is "missing", gives it one to lose.
  const input = `${wanted.join('\n')}\n\n`;
  const answer = await runGit(['cat-file', '--batch'], { ...call, input, asBytes: true });
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf('\n', at);
    if (end === -1) break;
    const [, id, type, size] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(answer.slice(at, end)) ?? [];
    at = end + 1;
    if (id === undefined) continue;
    const bytes = Buffer.from(answer.slice(at, at + Number(size)), 'latin1');
    if (type === 'blob') found.set(id, isUtf8(bytes) ? bytes.toString('utf8') : bytes);
    at += Number(size) + 1;
  }
  return found;
}
