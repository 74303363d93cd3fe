/**
 * A number as Go's `strconv.FormatFloat(number, 'f', -1, 64)` writes it: the fewest digits that give the same number
 * back, and never an exponent.
 */
export function formatGoFloat(number: number): string {
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? '+Inf' : '-Inf';
  const sign = number < 0 || Object.is(number, -0) ? '-' : '';
  // JavaScript chooses the same digits and differs only in when it writes an exponent.
  const [digits = '', exponent = '0'] = String(Math.abs(number)).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const point = whole.length + Number(exponent);
  const all = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${all}`;
  if (point >= all.length) return sign + all + '0'.repeat(point - all.length);
  return `${sign}${all.slice(0, point)}.${all.slice(point)}`;
}

/**
 * A decimal number as Go's `strconv.ParseFloat` reads it.
 *
 * @param text digits with an optional sign, point and exponent; no underscores
 * @returns undefined when it is too large for 64 bits, which is an error in Go
 */
export function parseGoFloat(text: string): number | undefined {
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
