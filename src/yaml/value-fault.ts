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
