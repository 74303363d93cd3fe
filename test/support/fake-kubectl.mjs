// A kubectl that keeps its clusters in a file beside it, and writes down how it was called.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.HOME;
const file = join(folder, 'fake-kubectl.json');
const stdin = process.argv.includes('--filename=-') ? readFileSync(0, 'utf8') : '';
const words = process.argv.slice(2);
appendFileSync(
  join(folder, 'fake-kubectl.log'),
  `${JSON.stringify({ argv: words, env: process.env, hasInput: stdin !== '' })}\n`,
);
const state = JSON.parse(readFileSync(file, 'utf8'));
const flag = (name) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const rest = words.filter((word) => !word.startsWith('--'));

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
function end(text = '') {
  writeFileSync(file, JSON.stringify(state));
  process.stdout.write(text);
  process.exit(0);
}

/** As an API server tells whose fields they are, which kubectl shows only when asked. */
function asObject({ data, managers }) {
  if (!words.includes('--show-managed-fields')) return { kind: 'Secret', data };
  const names = [...new Set(Object.values(managers).flat())];
  const fieldsOf = (name) => Object.keys(managers).filter((entry) => managers[entry].includes(name));
  const managedFields = names.map((manager) => ({
    manager,
    operation: 'Apply',
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:data': Object.fromEntries(fieldsOf(manager).map((entry) => [`f:${entry}`, {}])) },
  }));
  return { kind: 'Secret', metadata: { managedFields }, data };
}

if (rest[0] === 'config') end(`${Object.keys(state.contexts).join('\n')}\n`);
const cluster = state.contexts[flag('context')];
if (cluster === undefined) fail(`error: context "${flag('context')}" does not exist`);
if (cluster.fails !== undefined) fail(cluster.fails);
const [verb, kind, name] = rest;
const secret = cluster.secret;
if (verb === 'get' && kind === 'namespace') end(cluster.namespace ? 'namespace/flux-system\n' : '');
if (verb === 'create' && kind === 'namespace') {
  cluster.namespace = true;
  end('namespace/flux-system created\n');
}
if (verb === 'get' && kind === 'secret') end(secret ? JSON.stringify(asObject(secret)) : '');
if (verb === 'get' && flag('output') === 'name' && /^(kustomizations|helmreleases)\./.test(kind)) {
  const wanted = kind.startsWith('k') ? 'Kustomization' : 'HelmRelease';
  const found = (cluster.flux ?? []).map((object) => object.split('/'));
  const left = found.filter(
    ([is, at, called]) => is === wanted && at === flag('namespace') && (name ?? called) === called,
  );
  end(left.map(([, , called]) => `${kind}/${called}\n`).join(''));
}
if (verb === 'get' && kind.startsWith('kustomizations.')) {
  if (cluster.applied === undefined) fail(`error: the server doesn't have a resource type "kustomizations"`);
  end(`flux-system main@sha1:${cluster.applied}\n`);
}
if (verb === 'get' && kind === 'configmap')
  end(cluster.name ? JSON.stringify({ kind: 'ConfigMap', data: { cluster_name: cluster.name } }) : '');
if (verb === 'apply') {
  if (!cluster.namespace) fail('Error from server (NotFound): namespaces "flux-system" not found');
  const manager = flag('field-manager');
  const { data } = JSON.parse(stdin);
  const before = secret ?? { data: {}, managers: {} };
  for (const [entry, value] of Object.entries(data)) {
    const others = (before.managers[entry] ?? []).filter((each) => each !== manager);
    if (others.length > 0 && before.data[entry] !== value && !words.includes('--force-conflicts'))
      fail(`error: Apply failed with 1 conflict: conflict with "${others[0]}": .data.${entry}`);
  }
  for (const [entry, managers] of Object.entries(before.managers)) {
    if (entry in data || !managers.includes(manager)) continue;
    before.managers[entry] = managers.filter((each) => each !== manager);
    if (before.managers[entry].length === 0) delete before.data[entry];
  }
  for (const [entry, value] of Object.entries(data)) {
    const others = before.data[entry] === value ? (before.managers[entry] ?? []) : [];
    before.managers[entry] = [...new Set([...others, manager])];
    before.data[entry] = cluster.garbles ? 'Z2FyYmxlZA==' : value;
  }
  cluster.secret = before;
  end('secret/sops-age serverside-applied\n');
}
if (verb === 'patch' && name === 'sops-age') {
  for (const { op, path } of JSON.parse(flag('patch'))) {
    const entry = path.slice('/data/'.length);
    if (op !== 'remove' || !(entry in secret.data)) fail('The request is invalid');
    delete secret.data[entry];
    delete secret.managers[entry];
  }
  end('secret/sops-age patched\n');
}
fail(`fake kubectl does not know: ${words.join(' ')}`);
