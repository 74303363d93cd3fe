import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { ForgeKind } from '../../src/publish/server.ts';

/** A request that an adapter of ours sent, and what a server of these tests answered. */
export interface Exchange {
  kind: ForgeKind;
  method: string;
  /** Below the root of the API, as sent: `/projects/acme%2Ffleet?page=2`. */
  path: string;
  /** What it said; undefined without a body. */
  said?: unknown;
  status: number;
  /** What was answered, where that is JSON. */
  told?: unknown;
}

const folder = process.env.RECORD_EXCHANGES;

/** Writes it down where the conformance lane reads it; elsewhere nothing. */
export function recordExchange(exchange: Omit<Exchange, 'said'> & { body: string }): void {
  if (folder === undefined) return;
  const { body, ...rest } = exchange;
  const line = JSON.stringify({ ...rest, ...(body !== '' && { said: JSON.parse(body) }) });
  appendFileSync(join(folder, `${process.pid}-${threadId}.jsonl`), `${line}\n`);
}
