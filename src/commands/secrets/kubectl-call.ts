import { resolve } from 'node:path';
import type { Io } from '../../cli/io.ts';
import type { KubectlCall } from '../../kube/run-kubectl.ts';

/** How kubectl is run for the person. @param to.kubeconfig as given, relative to where they are */
export function kubectlCall(io: Io, to: { context: string; kubeconfig: string | undefined }): KubectlCall {
  const kubeconfig = to.kubeconfig === undefined ? undefined : resolve(io.cwd, to.kubeconfig);
  return { context: to.context, kubeconfig, env: io.env, home: io.home, signal: io.signal };
}
