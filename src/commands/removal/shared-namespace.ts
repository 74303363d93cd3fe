import type { Model } from '../../model/model.ts';
import { namespaceOfApp, namespaceOfComponent } from '../../model/namespaces.ts';

/** Whether another app or component lives in a namespace too. */
export function isShared(
  model: Model,
  namespace: string,
  besides: { kind: 'app' | 'component'; name: string },
): boolean {
  const isOther = (kind: typeof besides.kind, name: string) => kind !== besides.kind || name !== besides.name;
  return (
    Object.entries(model.apps).some(([name, app]) => isOther('app', name) && namespaceOfApp(name, app) === namespace) ||
    Object.keys(model.components).some(
      (name) => isOther('component', name) && namespaceOfComponent(model, name) === namespace,
    )
  );
}
