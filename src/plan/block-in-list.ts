import { ExpectedError } from '../errors.ts';
import { editYaml } from '../yaml/edit-yaml.ts';
import { openYaml } from '../yaml/yaml-file.ts';
import { addressText, type YamlPath } from '../yaml/yaml-path.ts';
import type { BlockEntry } from './entry.ts';

/**
 * Puts lines at the end of a list in existing YAML; the list is made when there is none. The YAML editor finds the
 * place: it inserts an item that the lines then replace.
 * @param linesAt the lines as far indented as the list's items, without the last line ending
 * @throws ExpectedError when the YAML is invalid (exit code 2), or the list is written in brackets (exit code 3)
 */
export function insertInList(
  text: string,
  { path, id, within }: Pick<BlockEntry, 'path' | 'id'> & { within: YamlPath },
  linesAt: (indent: number) => string,
): string {
  const placeholder = `flux-repo-place-of-${id}`;
  const value = placeholder;
  const edited = editYaml(openYaml(text, path), [{ op: 'insert-item', path: within, value }]);
  const line = new RegExp(`^([ ]*)- ${placeholder}$`, 'm').exec(edited.replaceAll('\r', ''));
  const place = edited.indexOf(`- ${placeholder}`);
  if (line === null || place === -1) throw inBrackets(path, within);
  const indent = line[1]?.length ?? 0;
  return edited.slice(0, place - indent) + linesAt(indent) + edited.slice(place + `- ${placeholder}`.length);
}

function inBrackets(path: string, within: YamlPath): ExpectedError {
  return new ExpectedError({
    code: 'list-in-brackets',
    exitCode: 3,
    message: `cannot update ${path}: the list ${addressText(within)} is written in brackets`,
    why: ['Our lines stand between two marker lines, which a list in brackets has no place for'],
    hint: `Write the items of ${addressText(within)} one per line, each behind a dash, then run the same command again.`,
  });
}
