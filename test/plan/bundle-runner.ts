import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Node 20 runs no TypeScript: the runner becomes one JavaScript file in the folder. Resolves to its path. */
export async function bundleRunner(folder: string): Promise<string> {
  const file = join(folder, 'apply-runner.mjs');
  const bundle = await rolldown({ input: join(import.meta.dirname, 'apply-runner.ts'), platform: 'node' });
  await bundle.write({ file, format: 'esm' });
  await bundle.close();
  return file;
}
