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
const managed = v.object({
  manager: v.optional(v.string()),
  operation: v.optional(v.string()),
  fieldsV1: v.optional(v.object({ 'f:data': v.optional(v.record(v.string(), v.unknown())) })),
});
const objectWithData = v.object({
  metadata: v.optional(v.object({ managedFields: v.optional(v.array(managed), []) })),
  data: v.optional(v.record(v.string(), v.string()), {}),
});

/** Entry -> its text. What is no UTF-8 has replacement characters, and so is no key. */
export type KeyEntries = ReadonlyMap<string, Secret>;

/**
 * The entries of the cluster's key Secret `flux-system/sops-age`, and the names of those that our server-side apply wrote:
 * the next one takes away what it leaves out of them. Empty when there is no such Secret.
 *
 * @throws as `runKubectl`
 */
export async function readKeySecret(call: KubectlCall): Promise<{ entries: KeyEntries; applied: ReadonlySet<string> }> {
  const object = await readObject(['secret', keySecret, '--show-managed-fields'], call);
  const entries = Object.entries(object?.data ?? {}).map(([entry, base64]): [string, Secret] => [
    entry,
    new Secret(Buffer.from(base64, 'base64').toString('utf8')),
  ]);
  const applied = (object?.metadata?.managedFields ?? [])
    .filter(({ manager, operation }) => manager === fieldManager && operation === 'Apply')
    .flatMap(({ fieldsV1 }) => Object.keys(fieldsV1?.['f:data'] ?? {}))
    .map((field) => field.replace(/^f:/, ''));
  return { entries: new Map(entries), applied: new Set(applied) };
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
  return (await readObject(['configmap', 'cluster-vars'], call))?.data.cluster_name;
}

async function readObject(
  object: readonly string[],
  call: KubectlCall,
): Promise<v.InferOutput<typeof objectWithData> | undefined> {
  const json = await runKubectl(['get', inNamespace, ...object, '--ignore-not-found', '--output=json'], call);
  if (json.trim() === '') return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), objectWithData), json);
  if (parsed.success) return parsed.output;
  // valibot's issues quote what they found
  throw new ExpectedError({
    code: 'kubectl-answer',
    exitCode: 1,
    message: `kubectl answered something else than a ${object[0]}`,
    why: ['Its answer is not shown: it may hold keys.'],
    hint: `Look what answers to that name: kubectl --context NAME ${inNamespace} get ${object.join(' ')}`,
  });
}
