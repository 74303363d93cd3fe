import { formatGoFloat } from '../../yaml/go-float.ts';
import { goTimestamp } from '../../yaml/go-timestamp.ts';
import type { PlainValue } from '../../yaml/plain-value.ts';
import type { Sealed } from './sealed-text.ts';

/** Go's `strconv.ParseBool`. */
const yes = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const no = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/**
 * A decrypted text as a value of its type, written as SOPS would hash it again: other writers may have used other forms.
 *
 * @returns undefined when it is none of that type
 */
export function sealedValue(type: Exclude<Sealed['type'], 'comment'>, text: string): PlainValue | undefined {
  switch (type) {
    case 'str':
    case 'bytes':
      return { type: 'str', text };
    case 'int':
      return /^[+-]?\d+$/.test(text) ? { type, text: String(BigInt(text)) } : undefined;
    case 'bool':
      if (yes.includes(text)) return { type, text: 'True' };
      return no.includes(text) ? { type, text: 'False' } : undefined;
    case 'float':
      return floatValue(text);
    case 'time': {
      const time = goTimestamp(text);
      return time === undefined || time === 'invalid' ? undefined : { type, text: time };
    }
  }
}

function floatValue(text: string): PlainValue | undefined {
  const special = new Map([
    ['NaN', Number.NaN],
    ['+Inf', Number.POSITIVE_INFINITY],
    ['-Inf', Number.NEGATIVE_INFINITY],
  ]).get(text);
  if (special === undefined && !/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text)) return undefined;
  return { type: 'float', text: formatGoFloat(special ?? Number(text)) };
}
