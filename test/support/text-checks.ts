import { isNode, isSeq, type Node, parseAllDocuments, visit } from 'yaml';
import { manifestPaths, type RepositoryTree } from './repository-tree.ts';

/** Control characters but for tab and line ends, which have checks of their own; what YAML 1.1 takes for a line break. */
const hidden = /(?![\t\n\r])[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/u;

/** LF, one newline at the end (or no byte at all), no tab, no blank at a line's end, nothing that an editor hides. */
export function untidyText(tree: RepositoryTree): string[] {
  return [...tree].flatMap(([path, text]) => {
    if (text === '') return [];
    return [
      ...(/[^\n]\n$/.test(text) ? [] : [`${path}: does not end in one newline`]),
      ...(text.includes('\r') ? [`${path}: has a carriage return`] : []),
      ...(text.includes('\t') ? [`${path}: has a tab`] : []),
      ...(/[ \t]$/m.test(text) ? [`${path}: has a blank at a line's end`] : []),
      ...(hidden.test(text) ? [`${path}: has a hidden character`] : []),
      ...(text.includes('{{') ? [`${path}: has what a template left behind`] : []),
    ];
  });
}

/** Durations are written as `1h`, never `"1h"`. */
export function quotedDurations(tree: RepositoryTree): string[] {
  return manifestPaths(tree).filter((path) =>
    /^ *(interval|retryInterval|timeout|duration): ["']/m.test(tree.get(path) ?? ''),
  );
}

/**
 * YAML that two readers see differently: an error or a warning under YAML 1.2 or 1.1, or another value. Not in
 * workflows, whose own readers all take the key `on` for text.
 */
export function ambiguousYaml(tree: RepositoryTree): string[] {
  const files = [...tree].filter(([path]) => /\.ya?ml$/.test(path) && !path.includes('/workflows/'));
  return files.flatMap(([path, text]) => {
    const modern = parseAllDocuments(text, { version: '1.2', strict: true });
    const old = parseAllDocuments(text, { version: '1.1', strict: true });
    const faults = [...modern, ...old].flatMap((document) => [...document.errors, ...document.warnings]);
    if (faults.length > 0) return faults.map((fault) => `${path}: ${fault.message}`);
    const values = [modern, old].map((documents) =>
      JSON.stringify(documents.map((document) => document.toJS() as unknown)),
    );
    return values[0] === values[1] ? [] : [`${path}: YAML 1.1 and 1.2 read different values`];
  });
}

/** Block style, and lists two columns inside their key. */
export function unusualStyle(tree: RepositoryTree): string[] {
  return manifestPaths(tree).flatMap((path) => {
    const text = tree.get(path) ?? '';
    const column = (node: Node) => {
      const start = node.range?.[0] ?? 0;
      return start - text.lastIndexOf('\n', start - 1) - 1;
    };
    const found: string[] = [];
    for (const document of parseAllDocuments(text))
      visit(document, {
        Collection(_, node) {
          if (node.flow === true && node.items.length > 0) found.push(`${path}: has a flow collection`);
        },
        Pair(_, { key, value }) {
          if (!isSeq(value) || value.flow === true || !isNode(key)) return;
          const [first] = value.items;
          // The item stands two columns behind its dash.
          if (isNode(first) && column(first) - column(key) !== 4) found.push(`${path}: a list is not indented by two`);
        },
      });
    return found;
  });
}
