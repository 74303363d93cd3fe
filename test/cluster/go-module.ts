import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** Copies a folder of a module's published source, from the module cache or the Go module proxy; the copy is writable. */
export async function copyModuleFolder(module: string, version: string, path: string, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  await execa('cp', ['-R', join(await moduleFolder(module, version), path), target]);
  await execa('chmod', ['-R', 'u+w', target]);
}

/** https://go.dev/ref/mod#go-mod-download */
async function moduleFolder(module: string, version: string): Promise<string> {
  const { stdout } = await execa('go', ['mod', 'download', '-json', `${module}@${version}`]);
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  return Dir;
}
