import { type Document, isPair, isScalar, parse, visit } from 'yaml';

/** A plain word that says one thing here and another to Helm. */
export interface AmbiguousValue {
  offset: number;
  message: string;
}

/**
 * Chart values that would change on their way into a chart: `no` is text in YAML 1.2 and false in the YAML 1.1 of
 * Kubernetes tools, `0644` another number, and a number of more than 15 digits loses its last ones.
 */
export function ambiguousValues(document: Document): AmbiguousValue[] {
  const found: AmbiguousValue[] = [];
  visit(document, {
    Scalar(key, { type, source = '', value, range }, ancestors) {
      const isChartValue = ancestors.some((node) => isPair(node) && isScalar(node.key) && node.key.value === 'values');
      if (key === 'key' || type !== 'PLAIN' || !isChartValue) return;
      const message = whyAmbiguous(source, value);
      if (message !== undefined) found.push({ offset: range?.[0] ?? 0, message });
    },
  });
  return found;
}

function whyAmbiguous(source: string, value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    return `${source} has too many digits for a number: put it in quotes`;
  if (!/^[+-]?[\w.:]{1,40}$/.test(source)) return undefined;
  const old: unknown = parse(source, { version: '1.1', schema: 'yaml-1.1' });
  if (old === value || (typeof old !== 'boolean' && typeof old !== 'number')) return undefined;
  return `${source} is ${shown(value)} in YAML 1.2 and ${shown(old)} in YAML 1.1, which charts are read with: say which one`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? 'text' : String(value);
}
