import { Composer, type Document, isMap, isNode, isScalar, Parser, type YAMLMap } from 'yaml';
import type { YamlSource } from '../../model/yaml-source.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import { lineEndAfter, lineStartOf } from './column.ts';
import { formatError, pathText } from './format-error.ts';
import type { Comment, CommentText, Leaf } from './leaf.ts';
import { boundComments } from './read-comments.ts';
import { refuseText } from './refuse-text.ts';
import { walkDocument } from './walk-document.ts';

/** A YAML file as SOPS sees it, encrypted or not, with the offsets to change it in place. */
export interface SopsYaml extends YamlSource {
  documents: SopsDocument[];
}

/** One document. Only an empty one has no `root`; it is left alone. */
export interface SopsDocument {
  root: YAMLMap | undefined;
  /** The value of its `sops:` key, if it has that. */
  block: unknown;
  /** The whole lines of its `sops` block. */
  blockExtent: Extent | undefined;
  leaves: Leaf[];
  /** Those outside the `sops` block. One in a block scalar's header is inside its leaf, and named there too. */
  comments: Comment[];
  /** Offset behind its last line, where a `sops` block may be appended. */
  end: number;
}

/** Offsets: from `start` up to, without, `end`. */
interface Extent {
  start: number;
  end: number;
}

/**
 * Parses a file and refuses what SOPS does not take, or what we could not write back as it was.
 *
 * @throws ExpectedError `sops-syntax`, `sops-unsupported`, and those of `refuseText`
 */
export function readSopsYaml(source: YamlSource): SopsYaml {
  refuseText(source);
  try {
    return parsed(source);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw unsupported(source, 'is nested too deep', 0);
  }
}

function parsed(source: YamlSource): SopsYaml {
  const { file, text } = source;
  const tokens = tokensOf(source);
  const comments = commentsIn(tokens);
  const composition = composed(source, tokens);
  const ends = tokens.flatMap((token, index) =>
    token.type === 'document' ? [tokens[index + 1]?.offset ?? text.length] : [],
  );
  const documents = composition.map((document, index) => {
    const end = ends[index] ?? text.length;
    const from = index === 0 ? 0 : (ends[index - 1] ?? 0);
    const own = comments.filter(({ start }) => from <= start && start < end);
    return documentOf(source, document, own, end);
  });
  if (documents[0]?.root === undefined)
    throw formatError(file, text, {
      code: 'sops-unsupported',
      what: documents.length > 1 ? 'begins with an empty document' : 'is empty',
      hint: documents.length > 1 ? 'Remove the first "---" and what is above it.' : 'Write the values into it first.',
    });
  return { ...source, documents };
}

function documentOf(source: YamlSource, document: Document, comments: CommentText[], end: number): SopsDocument {
  const { text } = source;
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.source === ''))
    return { root: undefined, block: undefined, blockExtent: undefined, leaves: [], comments: [], end };
  const refuse = (what: string, at: number, path: YamlPath): never => {
    const where = path.length === 0 ? '' : `, at ${pathText(path)}`;
    throw unsupported(source, `has ${what}${where}`, at);
  };
  if (!isMap(contents)) throw unsupported(source, 'is not a map of keys and values', contents.range?.[0] ?? 0);
  if (contents.flow === true) throw unsupported(source, 'is written in braces as a whole', contents.range?.[0] ?? 0);
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'sops');
  const parts = walkDocument(text, contents, refuse);
  const blockExtent = extentOf(text, pair);
  const outside = comments.filter(({ start }) => blockExtent === undefined || !isWithin(start, blockExtent));
  return {
    root: contents,
    block: pair?.value,
    blockExtent,
    leaves: parts.leaves,
    comments: boundComments(text, outside, parts),
    end,
  };
}

function extentOf(text: string, pair: { key: unknown; value: unknown } | undefined): Extent | undefined {
  if (pair === undefined || !isNode(pair.key) || !pair.key.range) return undefined;
  const [keyStart, keyEnd] = pair.key.range;
  const end = isNode(pair.value) && pair.value.range ? pair.value.range[1] : keyEnd;
  return { start: lineStartOf(text, keyStart), end: lineEndAfter(text, end) };
}

function isWithin(offset: number, { start, end }: Extent): boolean {
  return start <= offset && offset < end;
}

type Tokens = ReturnType<typeof tokensOf>;

function tokensOf({ text }: YamlSource) {
  return [...new Parser().parse(text)];
}

/** The failsafe schema leaves every scalar a text: the types are go-yaml's business, not YAML 1.2's. */
function composed(source: YamlSource, tokens: Tokens): Document[] {
  const composer = new Composer({ schema: 'failsafe', keepSourceTokens: true, uniqueKeys: false, prettyErrors: false });
  const documents = [...composer.compose(tokens, true, source.text.length)];
  const directive = tokens.find(({ type }) => type === 'directive');
  if (directive !== undefined) throw unsupported(source, 'has a directive (%…)', directive.offset);
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error !== undefined)
    throw formatError(source.file, source.text, {
      code: 'sops-syntax',
      what: `is not valid YAML: ${reasonOf(error.code)}`,
      hint: 'Correct it there, or restore the file from git.',
      at: error.pos[0],
    });
  return documents;
}

/** The library's own messages quote the text, which may be a secret. */
function reasonOf(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

/** Comments stand at all levels of the token tree, under many names. */
function commentsIn(tokens: Tokens): CommentText[] {
  const found: CommentText[] = [];
  const visit = (token: unknown): void => {
    if (Array.isArray(token)) for (const item of token) visit(item);
    else if (typeof token === 'object' && token !== null) {
      if (isComment(token))
        found.push({ start: token.offset, end: token.offset + token.source.length, text: token.source.slice(1) });
      else for (const value of Object.values(token)) visit(value);
    }
  };
  visit(tokens);
  return found.sort((one, other) => one.start - other.start);
}

function isComment(token: object): token is { offset: number; source: string } {
  return 'type' in token && token.type === 'comment';
}

function unsupported({ file, text }: YamlSource, what: string, at: number) {
  return formatError(file, text, {
    code: 'sops-unsupported',
    what,
    why: ['SOPS cannot encrypt that, or would write it differently.'],
    hint: 'Write it out in plain keys, lists and values.',
    at,
  });
}
