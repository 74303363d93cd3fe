import { isMap, isScalar } from 'yaml';
import { createCommand } from '../create-advice.ts';
import { type Finding, hidden, type ScanContext, type ScanRule } from '../scan-rule.ts';
import type { ScannedDocument, ScannedFile } from '../scanned-file.ts';
import { mayHoldSecret } from '../secret-objects.ts';
import { textAt } from '../text-at.ts';
import { givesAwayToken, webhookAddresses } from '../webhook-addresses.ts';

const renew = 'Make a new address and withdraw this one, which is known by now.';

/** Addresses of webhooks, wherever they stand, and what Providers of Flux send to. */
export const webhookAddress: ScanRule = {
  id: 'secrets/webhook-address',
  severity: 'error',
  why: 'Whoever knows the address of a webhook can write to the channel in your name; nothing else is asked for.',
  *find(file, scan) {
    const told = new Set<number>();
    const providers = [...providersIn(file)];
    for (const { at, host, whose } of webhookAddresses(file.text)) {
      if (isInSecret(file, at)) continue;
      const place = file.placeOf(at);
      told.add(place.line);
      const provider = providers.find((each) => file.placeOf(each.at).line === place.line);
      yield {
        place,
        message: `holds the address of a webhook (${whose})`,
        ...ofProvider(file, provider, scan),
        shown: `//${host}/${hidden}`,
      };
    }
    for (const provider of providers) {
      const place = file.placeOf(provider.at);
      if (told.has(place.line) || !givesAwayToken(provider.type, provider.address)) continue;
      yield {
        place,
        message: 'holds an address with a token in it',
        ...ofProvider(file, provider, scan),
        shown: `address: ${hidden}`,
      };
    }
  },
};

/** A Secret in plain text is told as a whole. */
function isInSecret(file: ScannedFile, at: number): boolean {
  if (!file.isManifest || !mayHoldSecret(file.text)) return false;
  const document = file.documents().find(({ start, text }) => start <= at && at < start + text.length);
  return document !== undefined && mayHoldSecret(document.text);
}

interface Provider {
  name: string | undefined;
  namespace: string | undefined;
  type: string;
  address: string;
  /** Offset of the address in the file. */
  at: number;
}

function* providersIn(file: ScannedFile): Generator<Provider> {
  if (!file.isManifest || !file.text.includes('notification.toolkit.fluxcd.io/')) return;
  for (const document of file.documents())
    if (/\baddress\b/.test(document.text) && /\bProvider\b/.test(document.text)) yield* providerOf(document);
}

function* providerOf(document: ScannedDocument): Generator<Provider> {
  const root = document.root();
  if (!isMap(root) || textAt(root, 'kind') !== 'Provider') return;
  const spec: unknown = root.get('spec');
  const address: unknown = isMap(spec) ? spec.get('address', true) : undefined;
  if (!isScalar(address) || typeof address.value !== 'string') return;
  const metadata: unknown = root.get('metadata');
  const at = document.start + (address.range?.[0] ?? 0);
  const type = textAt(spec, 'type') ?? '';
  yield { name: textAt(metadata, 'name'), namespace: textAt(metadata, 'namespace'), type, address: address.value, at };
}

/** https://fluxcd.io/flux/components/notification/providers/#address */
function ofProvider(
  file: ScannedFile,
  provider: Provider | undefined,
  { write }: ScanContext,
): Pick<Finding, 'fix' | 'object'> {
  if (provider === undefined) return { fix: [renew, 'Keep it in an encrypted Secret, and refer to that.'] };
  const { name, namespace } = provider;
  return {
    object: ['Provider', namespace, name].filter(Boolean).join('/'),
    fix: [
      renew,
      'Keep it in an encrypted Secret, under the key address, and name that in spec.secretRef instead of spec.address:',
      createCommand(file.path, { name, namespace }, write),
    ],
  };
}
