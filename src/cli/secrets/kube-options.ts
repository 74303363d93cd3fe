import { Option } from 'commander';
import { collect, onlyText, type Said, textsOf } from '../said-by.ts';

/** Flags of everything that meets a cluster. */
export function kubeFlags(about: string): Option[] {
  return [
    new Option('--context <context>', about).argParser(collect),
    new Option('--kubeconfig <file>', 'which kubeconfig (default: KUBECONFIG, then ~/.kube/config)').argParser(collect),
  ].map((option) => option.helpGroup('Cluster:'));
}

/** What was said of them. @throws ExpectedError (exit 2) */
export function kubeOptions(said: Said): { contexts: readonly string[]; kubeconfig: string | undefined } {
  return {
    contexts: textsOf('context', said) ?? [],
    kubeconfig: onlyText('--kubeconfig', textsOf('kubeconfig', said)),
  };
}
