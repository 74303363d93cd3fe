import { bytesOf, type SecretValues, textValue } from './secret-value.ts';

const configKey = '.dockerconfigjson';
const inputKeys = ['server', 'username', 'password', 'email'];

/** Of Docker Hub, as docker itself writes it. */
const dockerHub = 'https://index.docker.io/v1/';

/**
 * A registry's server, username and password as the one file that kubelet reads:
 * https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets
 */
export function registryValues(inputs: SecretValues): SecretValues {
  if (inputs.has(configKey)) return inputs;
  const [username, password, email] = ['username', 'password', 'email'].map((key) => revealed(inputs, key));
  const server = revealed(inputs, 'server') || dockerHub;
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  const entry = { username, password, ...(email && { email }), auth };
  const others = [...inputs].filter(([key]) => !inputKeys.includes(key));
  return new Map([...others, [configKey, textValue(JSON.stringify({ auths: { [server]: entry } }))]]);
}

/** Why a `.dockerconfigjson` cannot be used; no value is in it. */
export function registryFault(values: SecretValues): string | undefined {
  const config = values.get(configKey);
  if (config === undefined) return undefined;
  const inputs = inputKeys.filter((key) => values.has(key));
  if (inputs.length > 0) return `${configKey} says it all already: leave out ${inputs.join(', ')}`;
  return hasAuths(bytesOf(config).toString('utf8'))
    ? undefined
    : `${configKey} is no JSON with a map "auths", as "docker login" writes it`;
}

function revealed(inputs: SecretValues, key: string): string | undefined {
  return inputs.get(key)?.text.reveal();
}

function hasAuths(text: string): boolean {
  try {
    const config: unknown = JSON.parse(text);
    return typeof config === 'object' && config !== null && 'auths' in config && isMap(config.auths);
  } catch {
    return false;
  }
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
