import type { Model } from '../../src/model/model.ts';

/** The same model with the keys of every map turned round, but for chart values: their order is the user's. */
export function shuffledKeys(model: Model): Model {
  return reversed(model) as Model;
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, below]) => [key, key === 'values' ? below : reversed(below)]));
}
