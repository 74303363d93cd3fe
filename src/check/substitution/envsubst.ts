import { applyFunction, isDefault } from './apply-function.ts';
import { type Expression, type Part, parseExpressions } from './parse-expression.ts';

/** What is known of a variable: its value, that it is set to something, or that it is not set. */
export type Lookup = (name: string) => { value: string } | 'unknown' | undefined;

export interface Substituted {
  text: string;
  /** Variables without a value that no default stands in for; strict substitution fails. Each once. */
  missing: readonly string[];
  /** An expression stands as it was: its value is not known. */
  isPartly: boolean;
}

/** Thrown where the real program stops in the middle of a text. */
export class BadRange extends Error {
  override readonly name = 'BadRange';
  /** The expression, as written. */
  readonly source: string;

  constructor(source: string) {
    super(`the range of ${source} ends before it begins`);
    this.source = source;
  }
}

/** Thrown for what no cluster could take: values that a text repeats thousands of times. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

/** Characters; ten times what etcd stores: https://etcd.io/docs/v3.5/dev-guide/limit/ */
const longest = 16 * 1024 * 1024;

/**
 * Substitutes the variables of a text as kustomize-controller 1.9 does, strictly.
 *
 * @throws ExpressionFault, BadRange, TooLong
 */
export function envsubst(text: string, lookup: Lookup): Substituted {
  const missing = new Set<string>();
  let isPartly = false;
  const partValue = (part: Part): string | undefined => (typeof part === 'string' ? part : evaluate(part));

  /** Words are looked at whether they are needed or not, as the real one does. */
  function evaluate({ name, operator, words, source }: Expression): string | undefined {
    const found = lookup(name);
    const given = words.map(partValue);
    if (found === undefined && !isDefault(operator)) missing.add(name);
    if (found === 'unknown' || given.includes(undefined) || (found === undefined && !isDefault(operator)))
      return undefined;
    const value = found?.value ?? '';
    const result = applyFunction(
      operator,
      value,
      given.map((word) => word ?? ''),
    );
    if (result === undefined) throw new BadRange(source);
    return result;
  }

  let length = 0;
  const texts = parseExpressions(text).map((part) => {
    const value = partValue(part);
    if (value === undefined) isPartly = true;
    const made = value ?? (typeof part === 'string' ? part : part.source);
    length += made.length;
    if (length > longest) throw new TooLong(`it has more than ${longest} characters`);
    return made;
  });
  return { text: texts.join(''), missing: [...missing], isPartly };
}
