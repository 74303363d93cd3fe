/** The kinds of values SOPS knows, by the names it writes into `type:`. */
export type ValueType = 'str' | 'int' | 'float' | 'bool' | 'time';

/** A value as SOPS sees it: its kind, and the text that is hashed into the MAC and encrypted (as UTF-8). */
export interface PlainValue {
  type: ValueType;
  text: string;
}
