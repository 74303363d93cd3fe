import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { templatesPlugin } from '../templates-plugin.js';

/**
 * What every row measures with: the built program, its tarball, a home of its own, new folders.
 * The environment is bare, so that nobody's settings weigh in.
 */
export async function openWorkshop() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-')));
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.com\n');
  const packed = execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', folder], {
    encoding: 'utf8',
  });
  const [{ filename, size }] = JSON.parse(packed.slice(packed.search(/^\[/m)));
  const program = resolve('bin/create-flux-repo.js');
  const env = { PATH: process.env.PATH, HOME: home, TERM: 'xterm-256color' };
  let count = 0;
  return {
    program,
    generation: await generationIn(folder, program, env),
    merging: await bundled('merging', folder),
    sealing: await bundled('sealing', folder),
    tarball: join(folder, filename),
    tarballSize: size,
    env,
    newFolder() {
      const made = join(folder, String(count++));
      mkdirSync(made);
      return made;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The model is the one of a default repository. */
async function generationIn(folder, program, env) {
  execFileSync(process.execPath, [program, 'demo', '--yes', '--no-git'], { cwd: folder, env, stdio: 'pipe' });
  return { bundle: await bundled('generation', folder), model: join(folder, 'demo', 'flux-repo.yaml') };
}

/** Node 20 runs no TypeScript: one of the `.ts` files here as one file of JavaScript. */
async function bundled(name, folder) {
  const file = join(folder, `${name}.mjs`);
  const bundler = await rolldown({
    input: resolve(`scripts/bench/${name}.ts`),
    platform: 'node',
    plugins: [templatesPlugin()],
  });
  await bundler.write({ file, format: 'esm', codeSplitting: false });
  await bundler.close();
  return file;
}
