type Values = Record<string, unknown>;

/** Chart values laid over others as Helm does it: maps are merged, everything else is replaced. */
export function mergeValues(under: Values, over: Values): Values {
  const merged: Values = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isMap(below) && isMap(value) ? mergeValues(below, value) : value;
  }
  return merged;
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
