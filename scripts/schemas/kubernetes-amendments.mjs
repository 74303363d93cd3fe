const protocols = ['SCTP', 'TCP', 'UDP'];
const policies = ['Fail', 'Ignore'];

/**
 * Values the API server checks in code, which its OpenAPI document leaves out: `Definition.property` -> values.
 * From the API reference, https://kubernetes.io/docs/reference/kubernetes-api/ (v1.34).
 */
export const kubernetesEnums = {
  'Container.imagePullPolicy': ['Always', 'IfNotPresent', 'Never'],
  'Container.terminationMessagePolicy': ['FallbackToLogsOnError', 'File'],
  'ContainerPort.protocol': protocols,
  'CronJobSpec.concurrencyPolicy': ['Allow', 'Forbid', 'Replace'],
  'CustomResourceDefinitionSpec.scope': ['Cluster', 'Namespaced'],
  'DaemonSetUpdateStrategy.type': ['OnDelete', 'RollingUpdate'],
  'DeploymentStrategy.type': ['Recreate', 'RollingUpdate'],
  'HPAScalingPolicy.type': ['Percent', 'Pods'],
  'HPAScalingRules.selectPolicy': ['Disabled', 'Max', 'Min'],
  'HTTPGetAction.scheme': ['HTTP', 'HTTPS'],
  'HTTPIngressPath.pathType': ['Exact', 'ImplementationSpecific', 'Prefix'],
  'JobSpec.completionMode': ['Indexed', 'NonIndexed'],
  'JobSpec.podReplacementPolicy': ['Failed', 'TerminatingOrFailed'],
  'LabelSelectorRequirement.operator': ['DoesNotExist', 'Exists', 'In', 'NotIn'],
  'MetricSpec.type': ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'],
  'MetricTarget.type': ['AverageValue', 'Utilization', 'Value'],
  'MutatingWebhook.failurePolicy': policies,
  'NetworkPolicyPort.protocol': protocols,
  'NetworkPolicySpec.policyTypes[]': ['Egress', 'Ingress'],
  'NodeSelectorRequirement.operator': ['DoesNotExist', 'Exists', 'Gt', 'In', 'Lt', 'NotIn'],
  'PersistentVolumeClaimSpec.accessModes[]': ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'],
  'PersistentVolumeClaimSpec.volumeMode': ['Block', 'Filesystem'],
  'PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy': ['AlwaysAllow', 'IfHealthyBudget'],
  'PodSpec.dnsPolicy': ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  'PodSpec.preemptionPolicy': ['Never', 'PreemptLowerPriority'],
  'PodSpec.restartPolicy': ['Always', 'Never', 'OnFailure'],
  'PriorityClass.preemptionPolicy': ['Never', 'PreemptLowerPriority'],
  'RoleRef.kind': ['ClusterRole', 'Role'],
  'SeccompProfile.type': ['Localhost', 'RuntimeDefault', 'Unconfined'],
  'ServicePort.protocol': protocols,
  'ServiceSpec.externalTrafficPolicy': ['Cluster', 'Local'],
  'ServiceSpec.internalTrafficPolicy': ['Cluster', 'Local'],
  'ServiceSpec.ipFamilies[]': ['IPv4', 'IPv6'],
  'ServiceSpec.ipFamilyPolicy': ['PreferDualStack', 'RequireDualStack', 'SingleStack'],
  'ServiceSpec.sessionAffinity': ['ClientIP', 'None'],
  'ServiceSpec.type': ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  'StatefulSetSpec.podManagementPolicy': ['OrderedReady', 'Parallel'],
  'StatefulSetUpdateStrategy.type': ['OnDelete', 'RollingUpdate'],
  'StorageClass.reclaimPolicy': ['Delete', 'Recycle', 'Retain'],
  'StorageClass.volumeBindingMode': ['Immediate', 'WaitForFirstConsumer'],
  'Subject.kind': ['Group', 'ServiceAccount', 'User'],
  'Toleration.effect': ['', 'NoExecute', 'NoSchedule', 'PreferNoSchedule'],
  'Toleration.operator': ['Equal', 'Exists'],
  'TopologySpreadConstraint.whenUnsatisfiable': ['DoNotSchedule', 'ScheduleAnyway'],
  'ValidatingAdmissionPolicyBindingSpec.validationActions[]': ['Audit', 'Deny', 'Warn'],
  'ValidatingAdmissionPolicySpec.failurePolicy': policies,
  'ValidatingWebhook.failurePolicy': policies,
};

/** What the API server fills in although its document requires it, seen by applying objects without it. */
export const kubernetesOptional = {
  'CustomResourceDefinitionVersion.served': true,
  'LimitRangeSpec.limits': true,
  'PriorityClass.value': true,
  'RoleRef.apiGroup': true,
};

/** What it refuses to be without although its document does not say so. */
export const kubernetesRequired = {
  'Container.image': true,
  'CronJob.spec': true,
  'DaemonSet.spec': true,
  'Deployment.spec': true,
  'HorizontalPodAutoscaler.spec': true,
  'Ingress.spec': true,
  'Job.spec': true,
  'JobTemplateSpec.spec': true,
  'PersistentVolumeClaim.spec': true,
  'PersistentVolumeClaimSpec.accessModes': true,
  'PersistentVolumeClaimSpec.resources': true,
  'PodTemplateSpec.spec': true,
  'Pod.spec': true,
  'Service.spec': true,
  'StatefulSet.spec': true,
  'ValidatingAdmissionPolicy.spec': true,
  'ValidatingAdmissionPolicyBinding.spec': true,
  'ValidatingAdmissionPolicyBindingSpec.policyName': true,
  'ValidatingAdmissionPolicyBindingSpec.validationActions': true,
  'ValidatingAdmissionPolicySpec.matchConstraints': true,
};

/** Lists that must not be empty. */
export const kubernetesNotEmpty = {
  'AggregationRule.clusterRoleSelectors': true,
  'CustomResourceDefinitionSpec.versions': true,
  'PersistentVolumeClaimSpec.accessModes': true,
  'PodSpec.containers': true,
  'PolicyRule.verbs': true,
};

/** Maps that hold label values. */
export const kubernetesLabels = {
  'LabelSelector.matchLabels': true,
  'PodSpec.nodeSelector': true,
  'ServiceSpec.selector': true,
};
