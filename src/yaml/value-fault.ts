/** Maps and lists inside of each other: manifests have tens, and readers of many programs run out of stack at thousands. */
export const deepestNesting = 300;

/** What is said of YAML that is nested deeper than that. */
export const tooDeep: string = `it is nested more than ${deepestNesting} deep`;

/** YAML that cannot be read, or that says something JSON cannot hold. */
export class ValueFault extends Error {
  override readonly name = 'ValueFault';
  /** 1-based line of the text that was read. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}
