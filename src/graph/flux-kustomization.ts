import type { RepoPath } from '../tree/repo-path.ts';
import type { FolderContents } from './folder-reader.ts';
import type { KustomizationObject } from './manifest-file.ts';

/** The key with which a Kustomization decrypts. */
export interface Decryption {
  /** `sops`, the only one there is. */
  provider: string;
  /** The Secret with the private keys, beside the Kustomization; undefined when the controller has them, or a patch says it. */
  secretName: string | undefined;
}

/** One Kustomization of Flux, on one cluster. */
export interface FluxKustomization {
  name: string;
  namespace: string;
  /** Where it is defined; undefined for that of the cluster's own folder before Flux is bootstrapped. */
  object: KustomizationObject | undefined;
  /** The Kustomization that applies it; the cluster's own has none. */
  parent: FluxKustomization | undefined;
  /** The folder it reconciles; undefined when that is not of this repository, or not there. */
  path: RepoPath | undefined;
  /** Its source when that is another one than this repository: `OCIRepository/flux-system/apps`. */
  outside: string | undefined;
  decryption: Decryption | undefined;
  contents: FolderContents;
}
