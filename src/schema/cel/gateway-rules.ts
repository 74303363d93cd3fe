import { areUnique, type CelRule, celRule, has } from './cel-rule.ts';

interface Listener {
  name: string;
  port: number;
  protocol: string;
  hostname?: string;
  /** `mode` defaults to `Terminate`. */
  tls?: { mode?: string; certificateRefs?: readonly object[]; options?: Readonly<Record<string, string>> };
}

const qualifiedName =
  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$';
const hostname = '^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';

/** At most one address of a type with the same value; the upstream texts differ in a blank. */
function uniqueAddresses(type: string, blank: string): CelRule {
  return celRule<readonly { type: string; value?: string }[]>(
    `self.all(a1, a1.type == '${type}'${blank}&& has(a1.value) ? self.exists_one(a2, a2.type == a1.type && has(a2.value) && a2.value == a1.value) : true )`,
    (self) =>
      areUnique(
        self.filter((address) => address.type === type && has(address.value)),
        (address) => address.value,
      ),
  );
}

const addresses: readonly CelRule[] = [
  uniqueAddresses('IPAddress', ' '),
  uniqueAddresses('Hostname', '  '),
  celRule<{ type: string; value?: string }>(
    `self.type == 'Hostname' ? (!has(self.value) || self.value.matches(r"""${hostname}""")): true`,
    (self) => self.type !== 'Hostname' || self.value === undefined || new RegExp(hostname).test(self.value),
  ),
];

const infrastructure: readonly CelRule[] = [
  celRule<Readonly<Record<string, string>>>(`self.all(key, key.matches(r"""${qualifiedName}"""))`, (self) =>
    Object.keys(self).every((key) => new RegExp(qualifiedName).test(key)),
  ),
  celRule<Readonly<Record<string, string>>>('self.all(key, key.split("/")[0].size() < 253)', (self) =>
    Object.keys(self).every((key) => (key.split('/')[0] ?? '').length < 253),
  ),
];

const listeners: readonly CelRule[] = [
  celRule<readonly Listener[]>("self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)", (self) =>
    self.every((listener) => !['HTTP', 'TCP', 'UDP'].includes(listener.protocol) || !has(listener.tls)),
  ),
  celRule<readonly Listener[]>(
    "self.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == 'Terminate') : true)",
    (self) =>
      self.every(({ protocol, tls }) => protocol !== 'HTTPS' || !tls || tls.mode === '' || tls.mode === 'Terminate'),
  ),
  celRule<readonly Listener[]>(
    "self.all(l, (l.protocol == 'TLS' ? has(l.tls) && has(l.tls.mode) && l.tls.mode != '' : true))",
    (self) => self.every(({ protocol, tls }) => protocol !== 'TLS' || (tls?.mode ?? '') !== ''),
  ),
  celRule<readonly Listener[]>(
    "self.all(l, l.protocol in ['TCP', 'UDP']  ? (!has(l.hostname) || l.hostname == '') : true)",
    (self) => self.every(({ protocol, hostname }) => !['TCP', 'UDP'].includes(protocol) || (hostname ?? '') === ''),
  ),
  celRule<readonly Listener[]>('self.all(l1, self.exists_one(l2, l1.name == l2.name))', (self) =>
    areUnique(self, ({ name }) => name),
  ),
  celRule<readonly Listener[]>(
    'self.all(l1, self.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))))',
    (self) => areUnique(self, ({ port, protocol, hostname }) => [port, protocol, hostname]),
  ),
  celRule<NonNullable<Listener['tls']>>(
    "self.mode == 'Terminate' ? size(self.certificateRefs) > 0 || size(self.options) > 0 : true",
    ({ mode, certificateRefs, options }) =>
      mode !== 'Terminate' || (certificateRefs ?? []).length > 0 || Object.keys(options ?? {}).length > 0,
  ),
  celRule<readonly { port: number }[]>('self.all(t1, self.exists_one(t2, t1.port == t2.port))', (self) =>
    areUnique(self, ({ port }) => port),
  ),
];

/** The rules of Gateway and GatewayClass. */
export const gatewayRules: readonly CelRule[] = [...addresses, ...infrastructure, ...listeners];
