import { isMap } from 'yaml';
import { columnOf } from './text-lines.ts';
import { isCollection, isFlow, type YamlNode } from './yaml-node.ts';

/** How a document is indented: spaces from a key to the map, and to the list, below it. */
export interface IndentStyle {
  map: number;
  list: number;
}

/** How we write where nothing is there to follow. */
export const ourIndentStyle: IndentStyle = { map: 2, list: 2 };

/** The commonest indents of a document; for lists 0 if most stand right below their key. */
export function indentStyleOf(text: string, root: YamlNode | null): IndentStyle {
  const maps = new Map<number, number>();
  const lists = new Map<number, number>();
  const look = (node: YamlNode | null, keyColumn: number | undefined) => {
    if (!isCollection(node) || isFlow(node)) return;
    const column = node.srcToken?.indent ?? columnOf(text, node.range[0]);
    if (keyColumn !== undefined && column >= keyColumn) {
      const counts = isMap(node) ? maps : lists;
      counts.set(column - keyColumn, (counts.get(column - keyColumn) ?? 0) + 1);
    }
    if (isMap(node)) for (const { value } of node.items) look(value, column);
    else for (const item of node.items) look(item, undefined);
  };
  look(root, undefined);
  const map = commonest(maps) ?? ourIndentStyle.map;
  return { map: Math.max(map, 1), list: commonest(lists) ?? ourIndentStyle.list };
}

/** The first of those seen most often. */
function commonest(counts: ReadonlyMap<number, number>): number | undefined {
  let best: [number, number] | undefined;
  for (const entry of counts) if (best === undefined || entry[1] > best[1]) best = entry;
  return best?.[0];
}
