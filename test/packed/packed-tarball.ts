import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface PackedFile {
  path: string;
  mode: number;
}

/** What `npm pack` made, with a folder beside it that stands for a machine nobody has used yet. */
export interface PackedTarball {
  /** Absolute path of the `.tgz`. */
  tarball: string;
  /** Bytes. */
  size: number;
  files: PackedFile[];
  /** Runs the packed program by `npm exec`, offline, at home in an empty folder. */
  run(args: string[], program?: string): { code: number | null; stdout: string; stderr: string };
  /** Where `run` runs. */
  workFolder: string;
  remove(): void;
}

/** Windows starts `npm.cmd` through its shell only. */
const npm = process.platform === 'win32' ? { command: 'npm.cmd', shell: true } : { command: 'npm', shell: false };

/** Builds and packs the project as a release would. */
export function packTarball(): PackedTarball {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'packed-')));
  const [home, workFolder] = [join(folder, 'home'), join(folder, 'work')];
  for (const made of [home, workFolder]) mkdirSync(made);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.com\n');
  const [packed] = JSON.parse(npmOutput(['pack', '--json', '--silent', '--pack-destination', folder]));
  const tarball = join(folder, packed.filename);
  return {
    tarball,
    size: packed.size,
    files: packed.files,
    run: (args, program = 'create-flux-repo') => runPacked(tarball, { home, workFolder }, [program, ...args]),
    workFolder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Whatever the build says comes before npm's own JSON. */
function npmOutput(args: string[]): string {
  const output = execFileSync(npm.command, args, { encoding: 'utf8', shell: npm.shell, stdio: 'pipe' });
  return output.slice(output.search(/^\[/m));
}

function runPacked(tarball: string, { home, workFolder }: { home: string; workFolder: string }, command: string[]) {
  const words = ['exec', '--offline', '--yes', `--package=${tarball}`, '--', ...command];
  const { status, stdout, stderr } = spawnSync(npm.command, words, {
    cwd: workFolder,
    encoding: 'utf8',
    env: freshEnvironment(home),
    shell: npm.shell,
  });
  return { code: status, stdout, stderr };
}

/** Nothing but the way to the programs: no npm settings, no git settings, no home but the new one. */
function freshEnvironment(home: string): NodeJS.ProcessEnv {
  const kept = ['PATH', 'Path', 'SYSTEMROOT', 'SystemRoot', 'COMSPEC', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'TMPDIR'];
  const env = Object.fromEntries(
    kept.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined),
  );
  return { ...env, HOME: home, USERPROFILE: home, APPDATA: home, LOCALAPPDATA: home, NO_COLOR: '1' };
}
