import { isScalar, isSeq } from 'yaml';
import { isRecipient } from '../../model/recipient.ts';
import { shownRecipient } from '../format/data-key.ts';
import type { ConfigReader } from './config-reader.ts';
import type { RuleRecipient } from './sops-config.ts';

/**
 * The public keys under `age:`, which is a text with commas or, since SOPS 3.11 (in key groups always), a list. What is not a
 * recipient is a problem; those of ssh and age's plugins are, and stay as they are.
 */
export function readRecipients(reader: ConfigReader, node: unknown): RuleRecipient[] {
  const items = isSeq(node) ? reader.itemsOf(node, 'age') : [node];
  return items.flatMap((item) => {
    const text = reader.textOf(item, 'a recipient') ?? '';
    const comment = isScalar(item) ? item.comment?.trim() : undefined;
    const recipients = text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return recipients.map((recipient) => {
      if (!isKnownKind(recipient))
        reader.complain(item, `${shownRecipient(recipient)} is not an age recipient, or has a mistake in it`);
      return { recipient, comment, ...reader.placeOf(item) };
    });
  });
}

/** `1` is in no X25519 recipient but as the end of its prefix, so another one means another kind: `age1pq1…`, `age1yubikey1…`. */
function isKnownKind(text: string): boolean {
  if (/^ssh-(ed25519|rsa) \S/.test(text)) return true;
  return isRecipient(text) || /^age1[a-z0-9-]+1[a-z0-9]{6,}$/.test(text);
}
