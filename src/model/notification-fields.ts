import * as v from 'valibot';
import { exclusionPresetNames } from './exclusion-presets.ts';
import { fields, label, oneOf, text } from './fields.ts';
import { credentialKeys } from './notification-types.ts';

/** How much is told: what failed, or everything. */
export const severities = ['error', 'info'] as const;

const words = (what: string) => v.pipe(text(), v.regex(/^\S(.*\S)?$/, `must be ${what}`));

/** Where events of Flux go, or who tells it of commits. Nothing here is a credential: those are Secrets. */
export const notification = fields({
  /** A row of `notification-types.ts`; the name without. */
  type: v.optional(text()),
  /** Of its own objects, with credentials of its own. */
  team: v.optional(label()),
  /** Only there. */
  environments: v.optional(v.pipe(v.array(label()), v.nonEmpty('needs at least one environment'))),
  channel: v.optional(v.pipe(words('one line'), v.maxLength(2048, 'must be at most 2048 characters'))),
  severity: v.optional(oneOf(severities)),
  /** Messages that are left out, by presets. */
  exclude: v.optional(v.array(oneOf(exclusionPresetNames))),
  /** Where it goes, if that may be read by everybody who reads the repository. */
  address: v.optional(v.pipe(words('an address'), v.maxLength(2048, 'must be at most 2048 characters'))),
  /** Keys of its Secret, where there are several ways to authenticate. */
  credential: v.optional(v.array(oneOf(credentialKeys as readonly [string, ...string[]]))),
  /** Shown as the sender. */
  username: v.optional(words('one line')),
  /** A Secret beside it with the `address` of a proxy. */
  proxySecret: v.optional(label()),
  /** A Secret beside it with certificates: `ca.crt`, `tls.crt`, `tls.key`. */
  certSecret: v.optional(label()),
  /** Of a receiver: what its address ends in, which follows from its token. */
  webhookPath: v.optional(v.pipe(text(), v.regex(/^\/hook\/[0-9a-f]{64}$/, 'must be /hook/ and a SHA-256 in hex'))),
});
