import type { Schema } from '../../src/schema/schema.ts';

export function crdKinds(
  folder: string,
  metadata: object,
  wanted?: readonly string[],
): { group: string; version: string; kind: string; scope: 'Namespaced' | 'Cluster'; schema: Schema }[];
