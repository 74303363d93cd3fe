/**
 * What is asked for as a floor: a number that is greater there stays, and so does what is switched on there.
 *
 * @param there fields as the server tells them; those that are not wanted do not count
 */
export function atLeast(
  there: object,
  wanted: Readonly<Record<string, number | boolean>>,
): Record<string, number | boolean> {
  const fields = new Map<string, unknown>(Object.entries(there));
  const most = (name: string, value: number | boolean) => {
    const found = fields.get(name);
    if (typeof value === 'number') return typeof found === 'number' ? Math.max(found, value) : value;
    return found === true || value;
  };
  return Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, most(name, value)]));
}
