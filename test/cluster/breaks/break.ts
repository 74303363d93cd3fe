import type { Cluster } from '../cluster.ts';

/** One mistake in a repository that was just generated, what `check` says of it, and what real controllers do. */
export interface Break {
  /** The rule that finds it, as an error. */
  rule: string;
  /** What somebody did, as a sentence. */
  when: string;
  /** Each mistake is made in an app of its own, named after the rule; what that app is; an image when absent. */
  app?: 'image' | 'chart' | 'secret';
  /** A second app beside it, `NAME-b`, of the same kind, which waits for the first one. */
  hasPartner?: true;
  /** The mistake. `NAME` stands for the app in all texts. */
  edits: readonly Edit[];
  /** Other rules that the same mistake breaks. */
  also?: readonly string[];
  /** What somebody does with it afterwards, which `check` is not asked about. */
  abuse?: readonly Edit[];
  /** What an object says, as `status reason: message` of its condition Ready. */
  says?: RegExp;
  /** That object, as `kind/namespace/name`; the app's Kustomization when absent. */
  of?: string;
  /** What else is to be seen in the cluster, where Ready does not tell. */
  shows?: { wanted: RegExp; look(cluster: Cluster, name: string): Promise<string> };
}

/** A file as somebody leaves it. */
export interface Edit {
  file: string;
  /** A text of it that `to` takes the place of; all of it when absent. */
  from?: string;
  /** The text instead; the file goes when absent. A function gets the file's text, or that of `of`. */
  to?: string | Uint8Array | ((text: string) => string);
  /** A file to take the text from. */
  of?: string;
}

/** Where an app is in a repository. */
export const files = {
  unit: 'apps/overlays/production/NAME.yaml',
  overlay: 'apps/overlays/production/NAME/kustomization.yaml',
  sealed: 'apps/overlays/production/NAME/db.sops.yaml',
  base: 'apps/base/NAME/kustomization.yaml',
  deployment: 'apps/base/NAME/deployment.yaml',
  service: 'apps/base/NAME/service.yaml',
  release: 'apps/base/NAME/release.yaml',
  source: 'apps/base/NAME/source.yaml',
} as const;

/** Lines at the end of a file. */
export function appended(file: string, lines: string): Edit {
  return { file, to: (text) => text + lines };
}

/** One more object in the file of the app's Service. */
export function added(manifest: string): Edit {
  return appended(files.service, manifest);
}

/** Another text for the one that is there. */
export function replaced(file: string, from: string, to: string): Edit {
  return { file, from, to };
}
