/** A text with expressions: `${name}` and its functions. */
export type Part = string | Expression;

/** One `${…}`. */
export interface Expression {
  name: string;
  /** Empty for a plain `${name}`; `length` for `${#name}`; else as written: `:=`, `//`, `^^`, `:` … */
  operator: string;
  /** The words after it; each may have expressions of its own. */
  words: readonly Part[];
  /** As written, with its braces. */
  source: string;
}

/** Why an expression cannot be read. */
export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';
  /** Offset of its `${`. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

interface Reading {
  text: string;
  at: number;
  /** Expressions in expressions. */
  depth: number;
}

/** Far more than anybody nests by hand. */
const deepest = 200;
const letter = /[\p{L}\p{Nd}_]/u;
const notClosing = (character: string) => character !== '}';

/**
 * Takes a text apart as Flux' envsubst does. `$$` is a dollar sign, a dollar sign before anything but `{` is text.
 * https://pkg.go.dev/github.com/fluxcd/pkg/envsubst
 *
 * @throws ExpressionFault
 */
export function parseExpressions(text: string): Part[] {
  const reading: Reading = { text, at: 0, depth: 0 };
  const parts: Part[] = [];
  let plain = '';
  while (reading.at < text.length) {
    const dollar = text.indexOf('$', reading.at);
    if (dollar === -1) {
      plain += text.slice(reading.at);
      break;
    }
    plain += text.slice(reading.at, dollar);
    const after = text[dollar + 1];
    if (after === '{') {
      if (plain !== '') parts.push(plain);
      plain = '';
      reading.at = dollar;
      parts.push(expression(reading));
    } else {
      plain += '$';
      reading.at = dollar + (after === '$' ? 2 : 1);
    }
  }
  if (plain !== '') parts.push(plain);
  return parts;
}

/** From its `${` to its `}`. */
function expression(reading: Reading): Expression {
  const start = reading.at;
  const fail = (message: string) => new ExpressionFault(message, start);
  if (++reading.depth > deepest) throw fail('expressions are nested too deep');
  reading.at += 2;
  const isLength = peek(reading) === '#';
  if (isLength) reading.at++;
  const name = take(reading, (character) => letter.test(character));
  if (name === '') throw fail(isLength ? 'the length of nothing is asked for' : 'a name is missing after ${');
  const { operator, words } = isLength ? { operator: 'length', words: [] } : functionOf(reading, fail);
  if (peek(reading) !== '}') throw fail('a closing brace is missing, or what is in the braces is no substitution');
  reading.at++;
  reading.depth--;
  return { name, operator, words, source: reading.text.slice(start, reading.at) };
}

type Fail = (message: string) => ExpressionFault;

/** What is between the name and the closing brace. */
function functionOf(reading: Reading, fail: Fail): Pick<Expression, 'operator' | 'words'> {
  const [first = '', second = ''] = reading.text.slice(reading.at, reading.at + 2);
  const operator = (text: string) => {
    reading.at += text.length;
    return text;
  };
  switch (first) {
    case '=':
      return { operator: operator('='), words: defaultWords(reading, fail) };
    case ':':
      if (!/[-=+?]/.test(second)) return { operator: operator(':'), words: rangeWords(reading, fail) };
      return { operator: operator(first + second), words: defaultWords(reading, fail) };
    case ',':
    case '^':
      return { operator: operator(/[,^]/.test(second) ? first + second : first), words: [] };
    case '#':
    case '%': {
      const pattern = operator(second === first ? first + second : first);
      return { operator: pattern, words: [word(reading, notClosing, fail)] };
    }
    case '/':
      return { operator: operator(/[/#%]/.test(second) ? first + second : first), words: replaceWords(reading, fail) };
    default:
      return { operator: '', words: [] };
  }
}

/** All up to the closing brace, expressions included. */
function defaultWords(reading: Reading, fail: Fail): Part[] {
  const words: Part[] = [];
  while (peek(reading) !== '}') words.push(word(reading, notClosing, fail));
  return words;
}

/** `position` or `position:length`. */
function rangeWords(reading: Reading, fail: Fail): Part[] {
  const position = word(reading, (character) => character !== ':' && character !== '}', fail);
  if (take(reading, (character) => character === ':') === '') return [position];
  return [position, word(reading, notClosing, fail)];
}

/** `pattern/text`, in which a backslash protects slashes. */
function replaceWords(reading: Reading, fail: Fail): Part[] {
  const pattern = word(reading, (character) => character !== '/', fail, true);
  if (take(reading, (character) => character === '/') === '') throw fail('a slash is missing after what is replaced');
  return peek(reading) === '}' ? [pattern] : [pattern, word(reading, notClosing, fail, true)];
}

/** One word: an expression, or text up to one. It is not empty. */
function word(reading: Reading, isPart: (character: string) => boolean, fail: Fail, hasEscapes = false): Part {
  if (reading.text.startsWith('${', reading.at)) return expression(reading);
  const text = take(reading, isPart, hasEscapes);
  if (text === '') throw fail('something is missing in the braces');
  return text;
}

function take(reading: Reading, isPart: (character: string) => boolean, hasEscapes = false): string {
  let taken = '';
  for (;;) {
    const { text, at } = reading;
    const character = text[at];
    if (character === undefined || text.startsWith('${', at)) return taken;
    if (hasEscapes && /^(\$\$|\\[/\\])/.test(text.slice(at, at + 2))) {
      taken += text[at + 1];
      reading.at += 2;
    } else if (isPart(character)) {
      taken += character;
      reading.at++;
    } else return taken;
  }
}

function peek({ text, at }: Reading): string | undefined {
  return text[at];
}
