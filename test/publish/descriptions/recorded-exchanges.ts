import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Exchange } from '../record-exchange.ts';

/** Runs tests of the fast lane, and gives all that adapters of ours and servers of tests said to each other in them. */
export async function recordedExchanges(files: readonly string[]): Promise<Exchange[]> {
  const folder = mkdtempSync(join(tmpdir(), 'exchanges-'));
  try {
    const words = [resolve('node_modules/vitest/vitest.mjs'), 'run', '--project', 'fast', ...files];
    const { TEST_REPORT: _, ...env } = process.env;
    await promisify(execFile)(process.execPath, words, {
      env: { ...env, RECORD_EXCHANGES: folder },
      maxBuffer: 10_000_000,
    });
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const lines = texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
    return lines.map((line): Exchange => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
