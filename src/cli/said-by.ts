import type { Command } from 'commander';
import { usageError } from '../errors.ts';

/** What was said, by attribute of the flag. */
export type Said = ReadonlyMap<string, unknown>;

/** Every text is kept: whether one may be given twice is for the question to say. */
export function collect(text: string, before: unknown): string[] {
  return Array.isArray(before) ? [...before, text] : [text];
}

/** commander also sets options that nobody gave (`--no-git` makes `git` true). Flags before the command's name count. */
export function saidBy(command: Command): Said {
  const values = new Map<string, unknown>();
  for (const level of [...ancestors(command), command])
    for (const option of level.options) {
      const name = option.attributeName();
      if (level.getOptionValueSource(name) !== 'cli') continue;
      const value: unknown = level.getOptionValue(name);
      const before = values.get(name);
      values.set(name, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value);
    }
  return values;
}

/** Refuses what was said before the command's name and means nothing to the command. */
export function refuseForeignFlags(command: Command): void {
  const known = new Set(command.options.map((option) => option.attributeName()));
  const foreign = ancestors(command).flatMap((level) =>
    level.options.filter(
      (option) => !known.has(option.attributeName()) && level.getOptionValueSource(option.attributeName()) === 'cli',
    ),
  );
  const [first] = foreign;
  if (first === undefined) return;
  throw usageError(`${first.long} means nothing to "${command.name()}"`, { hint: 'leave it out' });
}

/** Outermost first. */
function ancestors({ parent }: Command): Command[] {
  return parent === null ? [] : [...ancestors(parent), parent];
}

export function textsOf(flag: string, said: Said): readonly string[] | undefined {
  const value = said.get(flag);
  return isTexts(value) ? value : undefined;
}

/** The text of a flag that may be given once, by attribute. @throws ExpectedError (exit 2) when it is given twice or empty */
export function onlyText(flag: string, texts: readonly string[] | undefined): string | undefined {
  if (texts === undefined) return undefined;
  if (texts.length > 1) throw usageError(`${flag} is given twice`, { hint: `give ${flag} once` });
  if (texts[0] === '') throw usageError(`${flag} is empty`, { hint: `give ${flag} a value, or leave it out` });
  return texts[0];
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
