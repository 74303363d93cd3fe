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
  const lastBefore = (list: readonly { start: number }[]) => {
    let next = 0;
    return (offset: number) => {
      while ((list[next]?.start ?? Number.POSITIVE_INFINITY) < offset) next++;
      return next - 1;
    };
  };
  const [itemBefore, flowBefore] = [lastBefore(parts.items), lastBefore(parts.flows)];
  return comments.map((comment) => {
    const item = itemBefore(comment.start);
    const flow = parts.flows[flowBefore(comment.start)];
    return { ...comment, paths: pathsOf(text, comment, parts.items[item], parts.items[item + 1], flow) };
  });
}

function pathsOf(
  text: string,
  comment: CommentText,
  before: Item | undefined,
  after: Item | undefined,
  flow: FlowExtent | undefined,
): [YamlPath, ...YamlPath[]] {
  const { start } = comment;
  const lineStart = lineStartOf(text, start);
  const isOwnLine = text.slice(lineStart, start).trim() === '';
  const inner = flow?.nested.findLast((nested) => nested.start < start && start < nested.end);
  const brackets = flow !== undefined && flow.end > lineStart ? (inner ?? flow) : undefined;
  const collection = isOwnLine ? openAt(text, comment, before, after) : before?.collection;
  const bound = brackets?.path ?? collection?.path ?? [];
  const others = [...ancestry(before?.collection), ...ancestry(after?.collection)].map(({ path }) => path);
  return [bound, ...others, []];
}

/**
 * A comment goes with the next key or dash if that has its column or opens a deeper collection. Else it ends what is before
 * it: what is open at its column if it stands apart from what follows or continues another comment, otherwise the innermost.
 */
function openAt(
  text: string,
  { start, end }: CommentText,
  before: Item | undefined,
  after: Item | undefined,
): Collection | undefined {
  const column = columnOf(text, start);
  if (after !== undefined && (after.column === column || after.column > (before?.column ?? -1)))
    return after.collection;
  const lineStart = lineStartOf(text, start);
  const lineBefore = text.slice(lineStartOf(text, Math.max(lineStart - 1, 0)), lineStart).trim();
  const isApart = /^(?:$|\r?\n[ \t]*(?:\r?\n|$))/.test(text.slice(end)) && lineBefore !== '';
  if (!isApart && !lineBefore.startsWith('#')) return before?.collection;
  return ancestry(before?.collection).find((collection) => collection.column <= column) ?? after?.collection;
}

/** From the innermost outwards. */
function ancestry(collection: Collection | undefined): Collection[] {
  return collection === undefined ? [] : [collection, ...ancestry(collection.parent)];
}
