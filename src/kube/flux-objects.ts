import * as v from 'valibot';
import { ExpectedError } from '../errors.ts';
import { Secret } from '../secrets/secret.ts';
import { type KubectlCall, runKubectl } from './run-kubectl.ts';

/** Where Flux and its keys are: https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption */
const fluxNamespace = 'flux-system';
const keySecret = 'sops-age';

/** Whose entries are ours, in `managedFields`: https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers */
const fieldManager = 'create-flux-repo';

const inNamespace = `--namespace=${fluxNamespace}`;
const dataOf = v.object({ data: v.optional(v.record(v.string(), v.string()), {}) });

/** Entry -> its text. What is no UTF-8 has replacement characters, and so is no key. */
export type KeyEntries = ReadonlyMap<string, Secret>;

/**
 * The entries of the cluster's key Secret `flux-system/sops-age`; undefined when there is none.
 *
 * @throws as `runKubectl`
 */
export async function readKeySecret(call: KubectlCall): Promise<KeyEntries | undefined> {
  const data = await readData(['secret', keySecret], call);
  if (data === undefined) return undefined;
  return new Map(
    Object.entries(data).map(([entry, base64]) => [entry, new Secret(Buffer.from(base64, 'base64').toString('utf8'))]),
  );
}

/**
 * Writes entries of the key Secret by server-side apply, which leaves those of others alone; makes the Secret if need
 * be. All entries of ours must be given: those that are left out go.
 *
 * @param isReplacing whether an entry with another content may be replaced, whoever keeps it
 * @throws as `runKubectl`
 */
export async function applyKeyEntries(call: KubectlCall, entries: KeyEntries, isReplacing: boolean): Promise<void> {
  const data = Object.fromEntries(
    [...entries].map(([entry, text]) => [entry, Buffer.from(text.reveal(), 'utf8').toString('base64')]),
  );
  const metadata = { name: keySecret, namespace: fluxNamespace };
  const manifest = new Secret(JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, data }));
  const force = isReplacing ? ['--force-conflicts'] : [];
  await runKubectl(
    ['apply', '--server-side', `--field-manager=${fieldManager}`, ...force, '--filename=-'],
    call,
    manifest,
  );
}

/** Removes entries of the key Secret, which must be there. Their names are no secret. @throws as `runKubectl` */
export async function removeKeyEntries(call: KubectlCall, entries: readonly string[]): Promise<void> {
  const patch = entries.map((entry) => ({ op: 'remove', path: `/data/${entry}` }));
  const flags = ['--type=json', `--field-manager=${fieldManager}`, `--patch=${JSON.stringify(patch)}`];
  await runKubectl(['patch', inNamespace, 'secret', keySecret, ...flags], call);
}

/** Makes the namespace that Flux will be in, unless it is there; `flux bootstrap` takes it as it is. @throws as `runKubectl` */
export async function ensureFluxNamespace(call: KubectlCall): Promise<void> {
  const there = await runKubectl(['get', 'namespace', fluxNamespace, '--ignore-not-found', '--output=name'], call);
  if (there.trim() === '') await runKubectl(['create', 'namespace', fluxNamespace], call);
}

/**
 * Which cluster of the repository this is, as its own ConfigMap `cluster-vars` says; undefined before its first sync.
 *
 * @throws as `runKubectl`
 */
export async function clusterNameThere(call: KubectlCall): Promise<string | undefined> {
  return (await readData(['configmap', 'cluster-vars'], call))?.cluster_name;
}

async function readData(
  object: readonly string[],
  call: KubectlCall,
): Promise<Readonly<Record<string, string>> | undefined> {
  const json = await runKubectl(['get', inNamespace, ...object, '--ignore-not-found', '--output=json'], call);
  if (json.trim() === '') return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), dataOf), json);
  if (parsed.success) return parsed.output.data;
  // valibot's issues quote what they found
  throw new ExpectedError({
    code: 'kubectl-answer',
    exitCode: 1,
    message: `kubectl answered something else than a ${object[0]}`,
    why: ['Its answer is not shown: it may hold keys.'],
    hint: `Look what answers to that name: kubectl --context NAME ${inNamespace} get ${object.join(' ')}`,
  });
}
