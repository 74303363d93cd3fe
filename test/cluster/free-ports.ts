import { createServer } from 'node:net';

/** The harness uses ports up to this far above its first. */
const span = 180;

/**
 * The first of a row of unused ports on 127.0.0.1, far below those the system gives to outgoing connections
 * (32768 and up on Linux).
 */
export async function freePorts(): Promise<number> {
  const rows = Array.from({ length: 60 }, (_, row) => 20_000 + row * 200);
  const start = Math.floor(Math.random() * rows.length);
  for (const first of [...rows.slice(start), ...rows.slice(0, start)]) if (await isRowFree(first)) return first;
  throw new Error('no row of free ports between 20000 and 32000');
}

async function isRowFree(first: number): Promise<boolean> {
  for (let port = first; port <= first + span; port++) if (!(await isFree(port))) return false;
  return true;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
