import type { RepoPath } from '../tree/repo-path.ts';

/** The lines that draw a tree. */
interface Branches {
  item: string;
  last: string;
  through: string;
  blank: string;
}

const unicodeBranches: Branches = { item: '├─ ', last: '└─ ', through: '│  ', blank: '   ' };
const asciiBranches: Branches = { item: '|- ', last: '`- ', through: '|  ', blank: '   ' };

interface Shown {
  name: string;
  /** Files. */
  count: number;
  below: readonly Shown[];
}

/** A fleet's hundred clusters look alike: a few of them tell what the rest is. */
const mostInFolder = 8;

/**
 * Two levels of folders with the number of files below each, then the files beside them.
 * @param look.width columns; longer lines are cut
 */
export function treePreview(paths: readonly RepoPath[], look: { unicode: boolean; width: number }): string[] {
  const lines = draw(shown(paths, 2), '', look.unicode ? unicodeBranches : asciiBranches);
  const counts = lines.map(({ count }) => String(count).padStart(4));
  const room = look.width - 6;
  const column = Math.min(room, Math.max(0, ...lines.map(({ text }) => text.length)));
  return lines.map(({ text }, index) => `${cut(text, column).padEnd(column)}  ${counts[index]}`);
}

function shown(paths: readonly RepoPath[], depth: number): Shown[] {
  const folders = new Map<string, RepoPath[]>();
  for (const path of paths) {
    const slash = path.indexOf('/');
    if (slash === -1) continue;
    const name = `${path.slice(0, slash)}/`;
    folders.set(name, [...(folders.get(name) ?? []), path.slice(slash + 1)]);
  }
  const files = paths.filter((path) => !path.includes('/'));
  const nodes = [...folders].map(([name, inside]) => ({
    name,
    count: inside.length,
    below: depth > 1 ? shown(inside, depth - 1).filter((node) => node.name.endsWith('/')) : [],
  }));
  const rest = nodes.slice(mostInFolder);
  const more = { name: `${rest.length} more`, count: rest.reduce((sum, node) => sum + node.count, 0), below: [] };
  const beside = { name: files.join(', '), count: files.length, below: [] };
  return [...nodes.slice(0, mostInFolder), ...(rest.length > 0 ? [more] : []), ...(files.length > 0 ? [beside] : [])];
}

function draw(nodes: readonly Shown[], before: string, branches: Branches): { text: string; count: number }[] {
  return nodes.flatMap(({ name, count, below }, index) => {
    const isLast = index === nodes.length - 1;
    const line = { text: `${before}${isLast ? branches.last : branches.item}${name}`, count };
    return [line, ...draw(below, `${before}${isLast ? branches.blank : branches.through}`, branches)];
  });
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 3))}...` : text;
}
