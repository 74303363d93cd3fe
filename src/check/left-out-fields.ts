import { groupOf } from '../schema/scope-of.ts';
import type { ClusterObject } from './checked-repository.ts';

/** Groups whose kinds are types of Go in client-go; CustomResourceDefinition and APIService are not among them. */
const ownGroups =
  /^(|apps|autoscaling|batch|extensions|policy|(admissionregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io)$/;

/**
 * Whether Flux itself leaves out the fields that a kind does not have: it reads Kubernetes' own kinds into their types of
 * Go before it applies them, so that the API server never sees such a field. Roles it takes as they are.
 * https://pkg.go.dev/github.com/fluxcd/pkg/ssa/normalize
 */
export function leavesOut({ apiVersion, kind }: ClusterObject): boolean {
  return ownGroups.test(groupOf(apiVersion)) && kind !== 'Role' && kind !== 'ClusterRole';
}
