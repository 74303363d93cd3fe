import { type Document, isMap, parseAllDocuments } from 'yaml';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import type { Dice } from '../kustomize/rolls.ts';
import { manifestPaths, type RepositoryTree } from '../support/repository-tree.ts';
import type { Action } from './mutation.ts';

/** One document that holds a map, in a file that is not encrypted. */
export interface DocumentSite {
  path: RepoPath;
  /** All of the file. */
  documents: Document[];
  document: Document;
}

/** A random document; each with the same chance. */
export function anyDocument(tree: RepositoryTree, dice: Dice): DocumentSite {
  return dice.pick(
    manifestPaths(tree)
      .filter((path) => !path.includes('.sops.'))
      .flatMap((path) => {
        const documents: Document[] = [...parseAllDocuments(tree.get(path) ?? '', { uniqueKeys: false })];
        return documents.filter(({ contents }) => isMap(contents)).map((document) => ({ path, documents, document }));
      }),
  );
}

/** The text of a file with these documents. */
export function textOf(documents: readonly Document[]): string {
  return documents
    .map((document) => document.toString({ lineWidth: 0 }))
    .map((text, index) => (index === 0 || text.startsWith('---') ? text : `---\n${text}`))
    .join('');
}

/** Changes one document as a whole; undefined where this one has nothing to change. */
export function mutateDocument(
  tree: RepositoryTree,
  action: Action,
  dice: Dice,
): { site: DocumentSite; changes: Map<RepoPath, string | undefined> } | undefined {
  const site = anyDocument(tree, dice);
  const { path, documents, document } = site;
  const others = documents.filter((each) => each !== document);
  switch (action) {
    case 'delete':
      return { site, changes: new Map([[path, textOf(others)]]) };
    case 'rename': {
      const name = document.getIn(['metadata', 'name']);
      if (typeof name !== 'string') return undefined;
      document.setIn(['metadata', 'name'], `${name}-x`);
      return { site, changes: new Map([[path, textOf(documents)]]) };
    }
    case 'retype': {
      const other = anyDocument(tree, dice).document;
      const field = dice.pick(['kind', 'apiVersion', 'both']);
      if (field !== 'apiVersion') document.set('kind', other.get('kind'));
      if (field !== 'kind') document.set('apiVersion', other.get('apiVersion'));
      return { site, changes: new Map([[path, textOf(documents)]]) };
    }
    case 'duplicate':
      return { site, changes: new Map([[path, textOf([...documents, document])]]) };
    case 'move': {
      const to = dice.pick(manifestPaths(tree).filter((each) => each !== path && !each.includes('.sops.')));
      const there = parseAllDocuments(tree.get(to) ?? '');
      return {
        site,
        changes: new Map([
          [path, textOf(others)],
          [to, textOf([...there, document])],
        ]),
      };
    }
  }
}
