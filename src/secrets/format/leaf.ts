import type { PlainValue } from '../../yaml/plain-value.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';

/** One scalar value of a document, where it stands, and what SOPS reads there. */
export interface Leaf {
  /** Keys and list indexes from the document's root. */
  path: YamlPath;
  /** Offsets of the text that a new value replaces. Behind a block scalar its last line end stays. */
  start: number;
  end: number;
  /** `null` is neither encrypted nor hashed. */
  value: PlainValue | null;
  /** Inside `{…}` or `[…]`, where a comma ends a plain scalar. */
  isInFlow: boolean;
  /** The column (from 0) of the key or dash it belongs to, which a block scalar must exceed; 0 in brackets. */
  indent: number;
  /** The comment in a block scalar's header (`key: | # like this`), which is inside `start` to `end`. */
  headerComment?: CommentText;
}

/** A comment's text: what follows `#`, to the end of the line. */
export interface CommentText {
  /** Offset of `#`. */
  start: number;
  end: number;
  text: string;
}

/** A comment, and the paths it may be bound to: first where SOPS puts it, then others it may have been bound to. */
export interface Comment extends CommentText {
  paths: readonly [YamlPath, ...YamlPath[]];
}
