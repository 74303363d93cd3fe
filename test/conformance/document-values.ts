import { readSopsYaml } from '../../src/secrets/format/read-sops-yaml.ts';

/** Values that are not null, as SOPS sees them. */
export function leaves(text: string) {
  return readSopsYaml({ file: 'generated', text }).documents.flatMap((document, index) =>
    document.leaves.flatMap(({ path, value }) => (value === null ? [] : [{ document: index, path, ...value }])),
  );
}

/** The values of a text in order, or nothing when it is not YAML. What sops prints has 1.0 as 1, and -0.0 as -0. */
export function readable(text: string): string | undefined {
  try {
    const values = leaves(text).map(({ document, path, type, text: value }) => {
      const isNumber = type === 'int' || type === 'float';
      return [document, path, isNumber ? 'number' : type, isNumber ? value.replace(/^-0$/, '0') : value];
    });
    return JSON.stringify(values);
  } catch {
    return undefined;
  }
}
