import type { YamlPath } from '../../yaml/yaml-path.ts';
import type { Covers } from './encryption-rule.ts';
import { formatError, pathText } from './format-error.ts';
import type { SopsDocument, SopsYaml } from './read-sops-yaml.ts';
import { isSealable } from './seal-tree.ts';

const kindNames = { str: 'text', int: 'a number', float: 'a number', bool: 'a boolean', time: 'a date' };

/**
 * Refuses plain files that must not be encrypted as they are.
 *
 * @throws ExpectedError `sops-already-encrypted`, `sops-not-text`, `sops-nothing-to-encrypt`
 */
export function refusePlain(yaml: SopsYaml, covers: Covers): void {
  const { file, text, documents } = yaml;
  if (documents.some(({ block }) => block !== undefined))
    throw formatError(file, text, {
      code: 'sops-already-encrypted',
      what: 'has a sops block already',
      hint: 'Change its values with the secrets commands.',
    });
  for (const document of documents) refuseNonText(yaml, document);
  if (!documents.some(({ leaves }) => leaves.some(({ path, value }) => isSealable(value) && covers(path))))
    throw formatError(file, text, {
      code: 'sops-nothing-to-encrypt',
      what: 'has no value that the rule would encrypt',
      hint: 'In a Secret the values belong below stringData: (text) or data: (base64).',
    });
}

/** SOPS gives a number back as a number, and the API server then refuses the Secret. */
function refuseNonText({ file, text }: SopsYaml, { leaves }: SopsDocument): void {
  const secrets = leaves.filter(({ path, value }) => path.at(-1) === 'kind' && value?.text === 'Secret');
  for (const { path: kind } of secrets) {
    const parent = kind.slice(0, -1);
    const wrong = leaves.find(
      ({ path, value }) => isSecretValue(path, parent) && value !== null && !isText(path, parent, value.type),
    );
    if (wrong?.value)
      throw formatError(file, text, {
        code: 'sops-not-text',
        what: `has ${wrong.path.length > parent.length + 2 ? 'a map or list' : kindNames[wrong.value.type]} in ${pathText(wrong.path)}, where a Secret holds text only`,
        hint: 'Put it in quotes, whole.',
        at: wrong.start,
      });
  }
}

function isSecretValue(path: YamlPath, parent: YamlPath): boolean {
  const [field] = path.slice(parent.length);
  return parent.every((part, index) => path[index] === part) && (field === 'data' || field === 'stringData');
}

function isText(path: YamlPath, parent: YamlPath, type: string): boolean {
  return type === 'str' && path.length === parent.length + 2;
}
