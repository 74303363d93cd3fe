import { processSystem, type System } from './io.ts';
import { version } from './program.ts';

/**
 * The whole program. `--version` alone is answered here, before anything else is loaded: scripts ask for it often.
 *
 * @param argv the words after the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[], system: System = processSystem()): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-v')) {
    system.stdout.write(`${version}\n`);
    return 0;
  }
  const { runProgram } = await import('./run-program.ts');
  return runProgram(argv, system);
}
