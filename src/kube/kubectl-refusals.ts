import { ExpectedError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { kubectlWords } from './kubectl-words.ts';

/** What a failure is, by kubectl's words (1.25 to 1.34). The first that fits counts. */
const causes: readonly { code: string; sign: RegExp; message(context: string): string; hint?: string }[] = [
  {
    code: 'kubectl-plugin',
    sign: /getting credentials: /,
    message: (context) => `cannot sign in to context ${context}: its credential plugin fails`,
    hint: 'Sign in with it first (aws sso login, gcloud auth login, az login …), then run the command again.',
  },
  {
    code: 'kubectl-no-kind',
    sign: /the server doesn't have a resource type/,
    message: (context) => `the cluster of context ${context} does not know such objects`,
  },
  {
    code: 'kubectl-unauthorized',
    sign: /\(Unauthorized\)|asked for the client to provide credentials|Please enter Username/,
    message: (context) => `the cluster of context ${context} does not know you`,
    hint: 'Sign in to it anew, then run the command again.',
  },
  {
    code: 'kubectl-forbidden',
    sign: /\(Forbidden\)|is forbidden/,
    message: (context) => `you lack rights on the cluster of context ${context}`,
    hint: 'Needed in namespace flux-system: get, create and patch for Secret sops-age, get for ConfigMap cluster-vars.',
  },
  {
    code: 'kubectl-conflict',
    sign: /\(Conflict\)|Apply failed with \d+ conflict/,
    message: (context) => `somebody else keeps an entry of the key Secret in context ${context}`,
    hint: 'Look whose it is: kubectl -n flux-system get secret sops-age --show-managed-fields -o jsonpath={.metadata.managedFields}',
  },
  {
    code: 'kubectl-unreachable',
    sign: /Unable to connect to the server|connection to the server .* was refused|dial tcp|i\/o timeout|TLS handshake|x509:|no such host|deadline exceeded|Client\.Timeout/,
    message: (context) => `cannot reach the cluster of context ${context}`,
    hint: 'Is its API server up, and the VPN? Then run the command again.',
  },
];

/** The error for what kubectl refused. */
export function kubectlFailed(
  stderr: string,
  { context, contexts }: { context: string; contexts: readonly string[] },
): ExpectedError {
  const why = kubectlWords(stderr);
  if (/context.*(does not exist|not found)/.test(stderr)) return contextUnknown(context, contexts);
  if (/kubeconfig|loading config file|stat .*no such file/i.test(stderr) && !stderr.includes('from server'))
    return failure(
      'kubectl-kubeconfig',
      'cannot read the kubeconfig',
      why,
      'Name one that is there: --kubeconfig FILE',
    );
  const cause = causes.find(({ sign }) => sign.test(stderr));
  if (cause === undefined)
    return failure('kubectl-failed', `kubectl failed with context ${context}`, why, 'Put right what it names above.');
  return failure(cause.code, cause.message(context), why, cause.hint);
}

/** The program is not in PATH. */
export function kubectlMissing(): ExpectedError {
  return failure(
    'kubectl-missing',
    'cannot run kubectl',
    ['No program named kubectl was found in PATH.'],
    'Install it: https://kubernetes.io/docs/tasks/tools/#kubectl',
  );
}

/** It was ended by us. @param patience milliseconds it was given */
export function kubectlTooSlow(context: string, patience: number): ExpectedError {
  return failure(
    'kubectl-timeout',
    `kubectl with context ${context} has not answered for ${patience / 1000} seconds`,
    [],
    'Is its API server up, and the VPN? Then run the command again.',
  );
}

function contextUnknown(context: string, contexts: readonly string[]): ExpectedError {
  const known = contexts.length === 0 ? ['The kubeconfig has no context.'] : [`It has ${contexts.join(', ')}.`];
  const meant = nearest(context, contexts);
  return new ExpectedError({
    code: 'kubectl-context',
    exitCode: 2,
    message: `the kubeconfig has no context ${context}`,
    why: known,
    hint: meant === undefined ? 'Name one of these, or another file: --kubeconfig FILE' : `Did you mean ${meant}?`,
  });
}

function failure(code: string, message: string, why: readonly string[], hint?: string): ExpectedError {
  return new ExpectedError({ code, exitCode: 1, message, why, ...(hint !== undefined && { hint }) });
}
