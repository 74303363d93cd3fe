/** Where kinds keep the metadata and the spec of the pods they make. */
export const podTemplates: Readonly<Record<string, string>> = {
  Pod: '',
  PodTemplate: 'template/',
  Deployment: 'spec/template/',
  ReplicaSet: 'spec/template/',
  DaemonSet: 'spec/template/',
  StatefulSet: 'spec/template/',
  ReplicationController: 'spec/template/',
  Job: 'spec/template/',
  CronJob: 'spec/jobTemplate/spec/template/',
};
