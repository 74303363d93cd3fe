import type { YamlPath } from '../../yaml/yaml-path.ts';
import { columnOf, lineStartOf } from './column.ts';
import type { Comment, CommentText } from './leaf.ts';
import type { Collection, DocumentParts, FlowExtent, Item } from './walk-document.ts';

/**
 * Finds out to which map or list SOPS binds each comment. What go-yaml hangs a comment on was measured with sops 3.13.2:
 * brackets take what is inside and behind them; on a line with a key or dash it is that one's collection; for one on a line
 * of its own see `openAt`.
 */
export function boundComments(text: string, comments: readonly CommentText[], parts: DocumentParts): Comment[] {
  let next = 0;
  return comments.map((comment) => {
    while ((parts.items[next]?.start ?? Number.POSITIVE_INFINITY) < comment.start) next++;
    return { ...comment, paths: pathsOf(text, comment, parts.items[next - 1], parts.items[next], parts.flows) };
  });
}

function pathsOf(
  text: string,
  { start, end }: CommentText,
  before: Item | undefined,
  after: Item | undefined,
  flows: readonly FlowExtent[],
): [YamlPath, ...YamlPath[]] {
  const lineStart = lineStartOf(text, start);
  const isOwnLine = text.slice(lineStart, start).trim() === '';
  const around = flows.findLast((flow) => flow.start < start && start < flow.end);
  const behind = flows.find((flow) => flow.end > lineStart && flow.end <= start);
  const collection = isOwnLine ? openAt(text, lineStart, start, end, before, after) : before?.collection;
  const bound = around?.path ?? behind?.path ?? collection?.path ?? [];
  const others = [...ancestry(before?.collection), ...ancestry(after?.collection)].map(({ path }) => path);
  return [bound, ...others, []];
}

/**
 * A comment goes with the next key or dash if that has its column or opens a deeper collection. Else it ends what is before
 * it: what is open at its column if it stands apart from what follows or continues another comment, otherwise the innermost.
 */
function openAt(
  text: string,
  lineStart: number,
  start: number,
  end: number,
  before: Item | undefined,
  after: Item | undefined,
): Collection | undefined {
  const column = columnOf(text, start);
  if (after !== undefined && (after.column === column || after.column > (before?.column ?? -1)))
    return after.collection;
  const lineBefore = text.slice(lineStartOf(text, Math.max(lineStart - 1, 0)), lineStart).trim();
  const isApart = /^\r?\n[ \t]*(\r?\n|$)/.test(text.slice(end)) && lineBefore !== '';
  if (!isApart && !lineBefore.startsWith('#')) return before?.collection;
  return ancestry(before?.collection).find((collection) => collection.column <= column) ?? after?.collection;
}

/** From the innermost outwards. */
function ancestry(collection: Collection | undefined): Collection[] {
  return collection === undefined ? [] : [collection, ...ancestry(collection.parent)];
}
