import type { DeclaredSecret } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { remoteKey } from '../model/remote-key.ts';
import type { FileEntry } from '../plan/entry.ts';
import { remoteProperties } from '../secrets/external-secrets/remote-properties.ts';
import { storeName } from '../secrets/external-secrets/secret-store.ts';
import { secretTypeRows } from '../secrets/secret-types.ts';
import { renderFile } from './render.ts';

/** The controller fills it in: https://external-secrets.io/latest/guides/templating/ */
const registryTemplate =
  '{"auths":{{ dict .server (dict "username" .username "password" .password "auth" (printf "%s:%s" .username .password | b64enc)) | toJson }}}';

/** The ExternalSecret that brings a declared Secret from the store. Which values there are is all it says of them. */
export function externalSecretFile(model: Model, declared: DeclaredSecret): FileEntry[] {
  const { name, namespace, type, path } = declared;
  const template = {
    type: secretTypeRows[type].kubernetesType,
    ...(type === 'docker-registry' ? { data: { '.dockerconfigjson': registryTemplate } } : {}),
  };
  const key = remoteKey(model, declared);
  const data = remoteProperties(declared).map((property) => ({ secretKey: property, remoteKey: key, property }));
  const view = { name, namespace, store: storeName(model), template, data };
  return renderFile('secrets/external-secret.yaml', {}, view, path);
}
