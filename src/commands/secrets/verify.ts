import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { VerifyOptions } from '../../cli/secrets/verify-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../../errors.ts';
import { listFiles } from '../../git/list-files.ts';
import { isSealedName } from '../../graph/sealed-name.ts';
import { declaredSecrets } from '../../model/declared-secrets.ts';
import type { Model } from '../../model/model.ts';
import { recipientNames } from '../../model/recipient-names.ts';
import { traitOf } from '../../model/secret-strategies.ts';
import { strategyOf } from '../../model/settings.ts';
import { nearest } from '../../nearest.ts';
import type { Problem } from '../../problem.ts';
import type { FoundIdentities } from '../../secrets/find-identities.ts';
import { mistakenKeys } from '../../secrets/mistaken-keys.ts';
import { noIdentity } from '../../secrets/no-identity.ts';
import { type Verification, verifySecrets } from '../../secrets/verify-secrets.ts';
import { openRepository } from '../open-repository.ts';
import { identitiesAtHand } from './at-hand.ts';
import { sopsRulesOf } from './sops-rules-of.ts';
import { hintsFor } from './verify-hints.ts';
import { verifyText } from './verify-text.ts';

/**
 * `secrets verify`: what is wrong with the encrypted files, and whether each cluster can read its own and nothing else.
 * Reads only. A file that no key here opens is a warning, unless no file could be opened at all.
 */
export async function verify(io: Io, options: VerifyOptions): Promise<Outcome> {
  const { root, model, tree, shown } = await openRepository(io, { directory: options.directory, readOnly: true });
  refuseUnknownCluster(model, options.cluster);
  const paths = (await listFiles(root, { env: io.env, signal: io.signal })).filter(isSealedName);
  const found = await identitiesAtHand(io, model, options.keysDirectory);
  const { config, problems: configProblems } = await sopsRulesOf(tree);
  const { identities } = found;
  const verification = await verifySecrets({ tree, model, paths, config, identities, cluster: options.cluster });
  const hinted = hintsFor(model, shown);
  const problems = [
    ...configProblems,
    ...verification.problems.map(hinted),
    ...unopenedProblems(model, verification, found),
    ...mistakenKeys(identities, recipientNames(model)),
    ...found.warnings,
  ];
  const failure = failureOf(problems, verification, options.strict);
  return {
    changes: [],
    steps: [],
    nextSteps: [],
    problems,
    result: { files: verification.files.map(({ path, state }) => ({ path, state })), clusters: verification.clusters },
    text: verifyText(io, { ...verification, problems }, otherStrategy(model)),
    ...(failure !== undefined && { failure }),
  };
}

/** What can be told where SOPS encrypts nothing; undefined where it does. */
function otherStrategy(model: Model): string | undefined {
  const strategy = strategyOf(model);
  const count = declaredSecrets(model).length;
  const are = count === 1 ? 'one declared Secret is' : `${count} declared Secrets are`;
  switch (strategy) {
    case 'sops':
      return undefined;
    case 'none':
      return `The repository keeps no Secrets: ${are} brought to the clusters by hand, and nothing here can tell whether they are there.`;
    default:
      return `Secrets are kept by ${traitOf(strategy).title}, which alone can open them: ${are} looked for, not into.`;
  }
}

function refuseUnknownCluster({ clusters }: Model, cluster: string | undefined): void {
  if (cluster === undefined || Object.hasOwn(clusters, cluster)) return;
  const known = Object.keys(clusters).sort();
  const meant = nearest(cluster, known);
  throw usageError(`there is no cluster ${cluster}`, {
    code: 'unknown-cluster',
    why: [`flux-repo.yaml has: ${known.join(', ') || 'none'}.`],
    ...(meant !== undefined && { hint: `${npx} ${shellCommand(['secrets', 'verify', '--cluster', meant])}` }),
  });
}

/** What the proof rests on is reading; without any key nothing was read. */
function unopenedProblems(model: Model, { files }: Verification, found: FoundIdentities): Problem[] {
  const names = recipientNames(model);
  const severity = files.some(({ state }) => state === 'verified') ? 'warning' : 'error';
  return files
    .filter(({ state }) => state === 'unopened')
    .map(({ path, recipients }) => {
      const { why, hint } = noIdentity({ file: path, recipients, names, found });
      const message = `its MAC and values are not verified: no private key here opens it. ${why[0] ?? ''}`;
      return { rule: 'secrets/not-verified', severity, message, file: path, ...(hint !== undefined && { hint }) };
    });
}

function failureOf(problems: readonly Problem[], { files }: Verification, strict: boolean): ExpectedError | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const wrong = strict ? problems.filter(({ severity }) => severity !== 'info') : errors;
  if (wrong.length === 0) return undefined;
  const isUnopened = wrong.every(({ rule }) => rule === 'secrets/not-verified');
  const count = wrong.length === 1 ? 'one problem' : `${wrong.length} problems`;
  return new ExpectedError({
    code: isUnopened ? 'no-identity' : 'secrets-wrong',
    exitCode: 1,
    message: isUnopened
      ? `${errors.length > 0 ? 'no encrypted file' : 'not every encrypted file'} could be opened`
      : `${count} with ${files.length === 1 ? 'the encrypted file' : 'the encrypted files'}`,
    ...(wrong[0]?.hint !== undefined && { hint: wrong[0].hint }),
  });
}
