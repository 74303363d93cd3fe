/** One `x-kubernetes-validations` rule, written out in TypeScript. */
export interface CelRule {
  /** The rule's text in the CRD, by which it is found. */
  text: string;
  /** @param self the value the rule stands at, with defaults filled in and already valid against its schema */
  holds: (self: unknown) => boolean;
}

/**
 * Pairs a rule's text with what it means. A rule reads nothing but `self`, so the same text means the same
 * wherever it stands.
 *
 * @typeParam Self the fields the rule reads, as the schema declares them
 * @see https://kubernetes.io/docs/reference/using-api/cel/
 */
export function celRule<Self>(text: string, holds: (self: Self) => boolean): CelRule {
  // Rules run only on objects that have passed the schema which declares these fields.
  return { text, holds: (self) => holds(self as Self) };
}

/** CEL's `has()`: the field is set. Nulls are gone by then. */
export function has(value: unknown): boolean {
  return value !== undefined;
}

/** How often a value occurs, by the keys that make it what it is. */
export function areUnique<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): boolean {
  const keys = items.map((item) => JSON.stringify(keyOf(item)));
  return new Set(keys).size === keys.length;
}
