import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { Cancelled, usageError } from '../errors.ts';
import { commandIn } from './command-names.ts';
import { exitCodeOf } from './exit-code.ts';
import { failureText } from './failure-text.ts';
import type { RunInvocation } from './invocation.ts';
import { type Io, isInteractive, type System } from './io.ts';
import { jsonDocument } from './json-document.ts';
import { marksFor, paintFor } from './marks.ts';
import { nothingWritten, type Outcome } from './outcome.ts';

interface Told {
  command: string;
  dryRun: boolean;
  json: boolean;
  verbose: boolean;
}

/**
 * Reads the arguments, runs the command, prints what came of it. The only place that catches to print.
 * Each stage is loaded when it is reached, so that the first question comes quickly.
 *
 * @returns the exit code
 */
export async function runProgram(argv: readonly string[], system: System): Promise<number> {
  // what can be known of how to tell a failure, should it be one of reading the arguments
  const has = (flag: string) => argv.includes(flag);
  let told: Told = {
    command: commandIn(argv),
    dryRun: has('--dry-run'),
    json: has('--json'),
    verbose: has('--verbose'),
  };
  try {
    const { parseArguments } = await import('./parse-arguments.ts');
    const invocation = await parseArguments(argv, system.stdout.columns ?? 80);
    if (invocation.kind === 'print') return print(invocation.text, system);
    const { dryRun, json, verbose } = invocation.options;
    told = { command: invocation.command, dryRun, json, verbose };
    return present(await run(invocation, system), told, system);
  } catch (failure) {
    return present({ failure, ...(failure instanceof Cancelled && { standing: nothingWritten }) }, told, system);
  }
}

async function run(invocation: RunInvocation, system: System): Promise<Outcome> {
  const { options } = invocation;
  const io: Io = {
    ...system,
    cwd: options.directory === undefined ? system.cwd : await existingFolder(system.cwd, options.directory),
    interactive: isInteractive(system, options),
  };
  switch (invocation.command) {
    case 'create':
      return (await import('../commands/create.ts')).create(io, invocation.options);
    case 'apply':
      return (await import('../commands/apply.ts')).apply(io, invocation.options);
    case 'resolve':
      return (await import('../commands/resolve.ts')).resolve(io, invocation.options);
    case 'add':
      return (await import('../commands/add.ts')).add(io, invocation.options);
    case 'remove':
      return (await import('../commands/remove.ts')).remove(io, invocation.options);
    case 'diff':
      return (await import('../commands/diff.ts')).diff(io, invocation.options);
    case 'check':
      return (await import('../commands/check/check.ts')).check(io, invocation.options);
    case 'publish':
      return (await import('../commands/publish/publish.ts')).publish(io, invocation.options);
    case 'keys':
      return (await import('../commands/keys/keys.ts')).keys(io, invocation.options);
    case 'secrets':
      return (await import('../commands/secrets/secrets.ts')).secrets(io, invocation.options);
  }
}

async function existingFolder(cwd: string, given: string): Promise<string> {
  const folder = resolve(cwd, given);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return folder;
  throw usageError(`--directory ${given} is no folder`, {
    why: isAbsolute(given) ? [] : [`Looked at ${folder}.`],
    hint: 'make it first, or name one that exists',
  });
}

function print(text: string, { stdout }: System): 0 {
  stdout.write(text);
  return 0;
}

function present(outcome: Partial<Outcome>, { json, verbose, ...about }: Told, system: System): number {
  const { failure, standing, text, redact = (told: string) => told } = outcome;
  if (json) system.stdout.write(redact(jsonDocument(about, outcome)));
  else if (text !== undefined) system.stdout.write(redact(text));
  if (failure !== undefined) {
    const { columns: width } = system.stderr;
    const look = { paint: paintFor(system.stderr), marks: marksFor(system), verbose, width };
    system.stderr.write(redact(`${failureText(failure, standing, look)}\n`));
  }
  return failure === undefined ? (outcome.exitCode ?? 0) : exitCodeOf(failure);
}
