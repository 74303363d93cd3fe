import type { Io } from '../../cli/io.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError } from '../../errors.ts';
import type { DeclaredSecret } from '../../model/declared-secrets.ts';
import type { Model } from '../../model/model.ts';
import { strategyOf } from '../../model/settings.ts';
import type { WantedHook } from '../../publish/steps/webhook.ts';
import type { HookByHand } from '../../publish/steps-by-hand.ts';
import { decryptFile } from '../../secrets/format/decrypt-file.ts';
import type { Secret } from '../../secrets/secret.ts';
import { keyPlace } from '../../secrets/values/key-place.ts';
import type { Tree } from '../../tree/tree.ts';
import { findKeys } from '../secrets/opened.ts';
import type { ReceiverPlace } from './receivers.ts';

/** Clusters that are named; of more the number is told. */
const mostNamed = 3;

/** The repository whose Secrets hold the tokens. */
interface TokenPlace {
  model: Model;
  tree: Tree;
  /** `--keys-dir`, as typed. */
  keysDirectory: string | undefined;
}

/** The webhooks that a provider can be asked for; private keys are looked for when the first is registered. */
export function wantedHooks(io: Io, places: readonly ReceiverPlace[], from: TokenPlace): WantedHook[] {
  return places.flatMap(({ receiver, cluster, source, url, secret, isGeneric }) =>
    url === undefined || isGeneric
      ? []
      : [{ id: hookId({ receiver, cluster }), cluster, url, source, token: () => tokenOf(io, secret, from) }],
  );
}

/** Of the step that registers it. */
export function hookId({ receiver, cluster }: Pick<ReceiverPlace, 'receiver' | 'cluster'>): string {
  return `webhook-${receiver}-${cluster}`;
}

/** What a person needs to add it. */
export function hookByHand(model: Model, { cluster, source, url, secret, isGeneric }: ReceiverPlace): HookByHand[] {
  if (url === undefined) return [];
  const canShow = secret !== undefined && strategyOf(model) === 'sops';
  const show = canShow ? `${npx} ${shellCommand(['secrets', 'show', secret.path, 'token'])}` : undefined;
  return [{ cluster, url, source, show, isGeneric }];
}

/** Clusters whose webhooks nobody can register yet. */
export function unknownHosts(places: readonly ReceiverPlace[]): string[] {
  const open = places.filter(({ url }) => url === undefined);
  const clusters = [...new Set(open.map(({ cluster }) => cluster))];
  const more = clusters.length - mostNamed;
  const named = `${clusters.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return open.length === 0
    ? []
    : [
        `no webhook for ${named}: nobody knows the host under which the receiver is reached. Set the variable domain in flux-repo.yaml, then apply`,
      ];
}

/** Of strategies other than SOPS nobody outside of the cluster can open it. */
async function tokenOf(
  io: Io,
  secret: DeclaredSecret | undefined,
  { model, tree, keysDirectory }: TokenPlace,
): Promise<Secret | undefined> {
  const text = secret === undefined || strategyOf(model) !== 'sops' ? undefined : tree.read(secret.path);
  if (secret === undefined || typeof text !== 'string') return undefined;
  const source = { file: secret.path, text };
  const keys = await findKeys(io, { model }, keysDirectory);
  try {
    const file = { path: secret.path, source, declared: secret };
    const { values } = await keys.open(file, (identities) => decryptFile(source, identities));
    const [field, key] = keyPlace(source, 'token').path;
    return values.find(({ path }) => path[0] === field && path[1] === key)?.value;
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'no-identity') return undefined;
    throw error;
  }
}
