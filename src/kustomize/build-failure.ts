import type { YamlPath } from '../yaml/yaml-path.ts';

/** Where a problem stands: a value of a file, its line looked up only when the problem is told. */
export interface Place {
  /** Relative to the repository root. */
  file: string;
  /** 0-based document of the file. */
  document?: number;
  /** The way to the value in its document. */
  path?: YamlPath;
  /** 1-based, where it is known already. */
  line?: number;
}

/** What makes kustomize refuse a build. Caught where the build can go on without the part, and told as a problem. */
export class BuildFailure extends Error {
  override readonly name = 'BuildFailure';
  /** `kustomize/<word>` of the problem. */
  readonly rule: string;
  readonly hint: string;
  readonly place: Place | undefined;

  constructor(rule: string, message: string, hint: string, place?: Place) {
    super(message);
    this.rule = rule;
    this.hint = hint;
    this.place = place;
  }
}
