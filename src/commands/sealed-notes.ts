import type { NextStep } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { type DeclaredSecret, declaredSecrets } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { strategyOf } from '../model/settings.ts';
import { livingEnvironments } from '../model/units.ts';
import type { Plan } from '../plan/plan.ts';
import { noFileYet, noLongerDeclared } from '../plan/plan-sealed.ts';
import { certificatePath, fetchCertificate } from '../secrets/sealed-secrets/certificate-path.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { thereWords } from './folder-words.ts';

/** So many are named; of more than that, how many there are. */
const mostNamed = 5;

/**
 * What a person must know of encrypted files that a plan leaves alone: declared Secrets without a file, and files that
 * nothing declares any more.
 * @param model as it will be
 * @param folder the way to the repository from where the person is
 */
export function sealedNotes(model: Model, plan: Plan, folder: string): string[] {
  const missing = missingSecrets(model, plan).map(
    (files) =>
      `${shown(files)} has no file yet, and what lists it does not build until then: ${createCommand(files, folder)}`,
  );
  const left = plan.changes
    .filter((change) => change.action === 'kept' && change.ownership === 'sealed' && change.reason === noLongerDeclared)
    .map(({ path }) => `${path} is declared nowhere any more; it stays, as nobody else may have its values.`);
  const certificates = strategyOf(model) === 'sealed-secrets' ? missingCertificates(model, plan) : [];
  return [
    ...certificates.map(
      (path) => `There is no certificate ${path} yet, so nothing can be sealed for it: ${fetchCertificate(path)}`,
    ),
    ...atMost(missing, 'declared Secrets have no file yet'),
    ...atMost(left, 'encrypted files are declared nowhere'),
  ];
}

/** The commands that write what is declared and not there, each with the values that are asked for then. */
export function missingSecretCommands(model: Model, plan: Plan, folder: string): string[] {
  const commands = missingSecrets(model, plan).map((files) => createCommand(files, folder));
  return commands.slice(0, mostNamed);
}

/** The same as a step, before anything is pushed; none when nothing is missing. */
export function missingSteps(model: Model, plan: Plan, folder: string): NextStep[] {
  const commands = missingSecretCommands(model, plan, folder);
  if (commands.length === 0) return [];
  return [
    { text: 'Make the Secrets that have no file yet, and commit them; what lists them does not build:', commands },
  ];
}

/** Certificates of a person's own controller are fetched by the person. */
function missingCertificates(model: Model, plan: Plan): RepoPath[] {
  const paths = livingEnvironments(model).map(certificatePath);
  return plan.changes.filter(({ action, path }) => action === 'kept' && paths.includes(path)).map(({ path }) => path);
}

/** Files of one Secret together. */
function missingSecrets(model: Model, plan: Plan): DeclaredSecret[][] {
  const missing = new Set(
    plan.changes
      .filter((change) => change.action === 'kept' && change.ownership === 'sealed' && change.reason === noFileYet)
      .map(({ path }) => path),
  );
  if (missing.size === 0) return [];
  const secrets = new Map<string, DeclaredSecret[]>();
  for (const secret of declaredSecrets(model).filter(({ path }) => missing.has(path))) {
    const key = `${secret.unit}/${secret.name}`;
    secrets.set(key, [...(secrets.get(key) ?? []), secret]);
  }
  return [...secrets.values()];
}

function shown([secret, ...others]: readonly DeclaredSecret[]): string {
  if (secret === undefined) return '';
  const { kind, name } = secret.owner;
  const environments = [secret, ...others].flatMap(({ environment }) => environment ?? []);
  return `Secret ${secret.name} of ${kind} ${name}${environments.length === 0 ? '' : ` in ${environments.join(', ')}`}`;
}

function createCommand([secret, ...others]: readonly DeclaredSecret[], folder: string): string {
  if (secret === undefined) return '';
  const { name, owner, environment } = secret;
  const one = environment === undefined || others.length > 0 ? [] : ['--environment', environment];
  return `${npx} ${shellCommand([...thereWords(folder), 'secrets', 'create', name, `--${owner.kind}`, owner.name, ...one])}`;
}

function atMost(notes: readonly string[], what: string): string[] {
  if (notes.length <= mostNamed) return [...notes];
  return [...notes.slice(0, mostNamed), `${notes.length} ${what} in all.`];
}
