import type { SecretOwner } from '../model/declared-secrets.ts';
import { labelFault } from '../model/label.ts';
import type { Model } from '../model/model.ts';
import { namespaceOfComponent } from '../model/namespaces.ts';
import { type SecretType, secretTypes } from '../model/secret-fields.ts';
import { inOrder, livingEnvironments } from '../model/units.ts';
import { nearest } from '../nearest.ts';
import { secretTypeRows } from '../secrets/secret-types.ts';
import { keyFault } from '../secrets/values/check-values.ts';
import { type AddQuestion, environmentFaults, firstOf, nameQuestion, type SaidOfUnit } from './addition.ts';
import { wordsOf } from './named-text.ts';
import { declarationIn, ownerIn, ownerKinds, ownersOf } from './secret-owner.ts';

const hasSources = (said: SaidOfUnit) => said['from-file'] !== undefined || said['from-env-file'] !== undefined;
const isNew = (said: SaidOfUnit, model: Model) => declarationIn(said, model) === undefined;

/** The type that is said, or declared already; `Opaque` else. */
export function typeIn(said: SaidOfUnit, model: Model): SecretType {
  const text = firstOf(said, 'type');
  return secretTypes.find((type) => type === text) ?? declarationIn(said, model)?.type ?? 'Opaque';
}

/** The names of keys that are said, each once. */
export function keysIn(said: SaidOfUnit): string[] {
  return [...new Set((said.key ?? []).flatMap(wordsOf))];
}

const ownerAbout = {
  app: 'for an app: beside it, in its namespace',
  component: 'for a component of the platform',
  cluster: 'for Flux on one cluster, in flux-system',
  team: "for a team, in its namespace: the platform's key opens it",
  notification: 'for a notification: the credential that its type needs',
};

const ownerQuestions = ownerKinds.map(
  (kind): AddQuestion => ({
    id: kind,
    flag: `--${kind} <name>`,
    about: ownerAbout[kind],
    faults: ([name = ''], model) => unknownOwner(kind, name, model),
    usual: () => [],
  }),
);

/** All that `secrets create` asks besides the values. Flags, prompts, `--config` and the printed command are these rows. */
export const secretQuestions: readonly AddQuestion[] = [
  { ...nameQuestion('What is the Secret called?', 'db'), faults: ([name = '']) => nameFaults(name) },
  ...ownerQuestions,
  {
    id: 'owner',
    about: '--app, --component, --team or --cluster says whose it is',
    prompt: { kind: 'select', message: 'Whose is it?' },
    choices: (model) =>
      ownersOf(model)
        .filter(hasNamespace(model))
        .map(({ kind, name }) => ({
          value: `${kind} ${name}`,
          label: `${kind} ${name}`,
          hint: ownerAbout[kind],
        })),
    applies: (said) => ownerIn(said) === undefined,
    usual: () => undefined,
  },
  {
    id: 'environment',
    flag: '--environment <environment>',
    about: 'in this environment only (default: in each)',
    prompt: { kind: 'select', message: 'In which environments?' },
    choices: (model) => [
      { value: '', label: 'All of them', hint: 'the same values in each; change one later with secrets set' },
      ...livingEnvironments(model).map((name) => ({ value: name, label: name, hint: 'values for it alone' })),
    ],
    applies: (said, model) => ownerIn(said)?.kind !== 'cluster' && livingEnvironments(model).length > 1,
    faults: environmentFaults,
    usual: () => [],
  },
  {
    id: 'type',
    flag: '--type <type>',
    about: `${secretTypes.join(', ')} (default: Opaque)`,
    prompt: { kind: 'select', message: 'What kind of Secret is it?' },
    choices: () => inOrder(secretTypeRows).map(([value, { about }]) => ({ value, label: value, hint: about })),
    applies: (said, model) => !hasSources(said) && said.key === undefined && isNew(said, model),
    faults: ([type = '']) => unknownType(type),
    usual: () => ['Opaque'],
  },
  {
    id: 'namespace',
    flag: '--namespace <namespace>',
    about: "its namespace (default: its owner's)",
    usual: () => [],
  },
  {
    id: 'key',
    flag: '--key <key>',
    about: 'a key whose value is asked for, or comes on stdin',
    isRepeatable: true,
    prompt: { kind: 'text', message: 'Which keys does it have?', placeholder: 'for example username password' },
    applies: (said, model) => !hasSources(said) && typeIn(said, model) === 'Opaque' && isNew(said, model),
    faults: (texts) => keyFaults(texts.flatMap(wordsOf)),
    usual: () => [],
  },
  {
    id: 'from-file',
    flag: '--from-file <[key=]file>',
    about: "a value out of a file; without KEY the file's name",
    isRepeatable: true,
    usual: () => [],
  },
  {
    id: 'from-env-file',
    flag: '--from-env-file <file>',
    about: 'values out of a file with KEY=VALUE lines',
    isRepeatable: true,
    usual: () => [],
  },
];

/** A component that brings nothing but CRDs has none, and seldom needs a Secret. */
function hasNamespace(model: Model): (owner: SecretOwner) => boolean {
  return ({ kind, name }) => kind !== 'component' || namespaceOfComponent(model, name) !== undefined;
}

function nameFaults(name: string): string[] {
  const fault = labelFault(name);
  if (fault === undefined) return [];
  return [`"${name}": ${fault.message}${fault.corrected ? `; try "${fault.corrected}"` : ''}`];
}

function unknownOwner(kind: (typeof ownerKinds)[number], name: string, model: Model): string[] {
  const names = ownersOf(model).flatMap((owner) => (owner.kind === kind ? [owner.name] : []));
  if (names.includes(name)) return [];
  const meant = nearest(name, names);
  const guess = meant === undefined ? '' : `; did you mean "${meant}"?`;
  return [`${kind} "${name}" does not exist, or has no files here${guess}`];
}

function unknownType(type: string): string[] {
  if (secretTypes.some((known) => known === type)) return [];
  const meant = nearest(type, secretTypes);
  return [`must be one of ${secretTypes.join(', ')}${meant === undefined ? '' : `; did you mean "${meant}"?`}`];
}

function keyFaults(keys: readonly string[]): string[] {
  if (keys.length === 0) return ['name at least one key'];
  return keys.flatMap((key) => {
    // who writes the value too must not see it again
    if (key.includes('=')) return ['a key has no "=": its value is asked for, and never written here'];
    const fault = keyFault(key);
    return fault === undefined ? [] : [`"${key}": ${fault}`];
  });
}
