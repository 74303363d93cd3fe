import { ensureFluxNamespace } from '../../kube/flux-objects.ts';
import { proveKeys, pushKeys } from '../../kube/push-keys.ts';
import type { KubectlCall } from '../../kube/run-kubectl.ts';
import type { Step } from '../../step.ts';
import type { KeyPush } from './push-key.ts';

/** What giving a cluster its keys consists of. */
export function pushSteps(push: KeyPush, call: KubectlCall): Step[] {
  const { plan, held, wanted } = push;
  const recipients = wanted.map(({ recipient }) => recipient);
  const isDone = async () => plan.set.length + plan.remove.length === 0;
  const step = (id: string, title: string, act: () => Promise<void>): Step => ({
    id,
    title,
    isDone,
    async run() {
      await act();
      return undefined;
    },
  });
  return [
    ...(held.length === 0 ? [step('namespace', 'See to namespace flux-system', () => ensureFluxNamespace(call))] : []),
    step('key-secret', 'Write Secret flux-system/sops-age', () => pushKeys(call, held, push)),
    step('read-back', 'Read it back and compare', () => proveKeys(call, push, recipients)),
  ];
}
