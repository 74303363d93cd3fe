import { notificationsEventSource } from '../../../src/check/rules/notifications-event-source.ts';
import { notificationsProvider } from '../../../src/check/rules/notifications-provider.ts';
import { notificationsSecret } from '../../../src/check/rules/notifications-secret.ts';
import { manifest } from '../manifests.ts';
import { testRule } from '../rule-cases.ts';

const extra = 'clusters/production/extra.yaml';
const slack = provider('chat', { type: 'slack', secretRef: { name: 'chat' } });

testRule(notificationsProvider, [
  {
    when: 'an Alert names a Provider that is not there',
    edits: { [extra]: alert('caht', 'Kustomization', 'web') + slack },
    finds: [`error ${extra}:9 Alert errors sends to Provider caht, which nothing in this repository makes`],
    hint: 'Did you mean chat?',
    fix: 'chat',
  },
  { when: 'it is there', edits: { [extra]: alert('chat', 'Kustomization', 'web') + slack }, finds: [] },
]);

testRule(notificationsEventSource, [
  {
    when: 'an Alert listens to what is not there',
    edits: { [extra]: alert('chat', 'Kustomization', 'webb') + slack },
    finds: [`warning ${extra}:12 Alert errors listens to Kustomization webb, which nothing in this repository makes`],
    hint: 'Did you mean web?',
  },
  {
    when: 'a Receiver triggers what is not there',
    edits: { [extra]: receiver({ resources: [{ kind: 'OCIRepository', name: 'shop' }] }) },
    finds: [`warning ${extra}:11 Receiver push triggers OCIRepository shop, which nothing in this repository makes`],
  },
  {
    when: 'they name all of a kind, and what flux bootstrap makes',
    edits: {
      [extra]:
        alert('chat', 'HelmRelease', '*') +
        slack +
        receiver({ resources: [{ kind: 'GitRepository', name: 'flux-system' }] }),
    },
    finds: [],
  },
]);

testRule(notificationsSecret, [
  {
    when: 'a Provider has no Secret and no address',
    edits: { [extra]: provider('chat', { type: 'slack', channel: 'alerts' }) },
    finds: [`error ${extra}:8 Provider chat has no Secret: one of type slack needs the address to send to`],
  },
  {
    when: 'a Provider for commit states has no token',
    edits: { [extra]: provider('commits', { type: 'github', address: 'https://github.com/acme/web' }) },
    finds: [`error ${extra}:8 Provider commits has no Secret: one of type github needs a token or password`],
  },
  {
    when: 'a Receiver has no token',
    edits: { [extra]: receiver({}) },
    finds: [
      `error ${extra}:8 Receiver push has no Secret: one of type github needs the token that calls are checked with`,
    ],
  },
  {
    when: 'each has what it needs',
    edits: {
      [extra]:
        slack +
        provider('team', { type: 'msteams', address: 'https://teams.example' }) +
        provider('hub', { type: 'azureeventhub', serviceAccountName: 'notifier' }) +
        receiver({ secretRef: { name: 'push' } }),
    },
    finds: [],
  },
]);

function alert(to: string, kind: string, name: string): string {
  return manifest('notification.toolkit.fluxcd.io/v1beta3', 'Alert', 'flux-system/errors', {
    spec: { providerRef: { name: to }, eventSources: [{ kind, name }] },
  });
}

function provider(name: string, spec: object): string {
  return manifest('notification.toolkit.fluxcd.io/v1beta3', 'Provider', `flux-system/${name}`, { spec });
}

function receiver(spec: object): string {
  return manifest('notification.toolkit.fluxcd.io/v1', 'Receiver', 'flux-system/push', {
    spec: { type: 'github', ...spec },
  });
}
