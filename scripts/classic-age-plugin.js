const refuse = `() => { throw new Error('only X25519 keys of age are supported'); }`;
const refusal = `new Proxy(() => {}, { get: ${refuse}, apply: ${refuse} })`;

/**
 * What of age-encryption none of our calls reaches: it knows every way to encrypt a file, we use keys of X25519. The
 * mathematics of the others is more than half of what the library weighs. So is that of X25519 itself for runtimes whose
 * WebCrypto has none, which every Node.js of ours has; of that module only the base point stays
 * (https://www.rfc-editor.org/rfc/rfc7748#section-6.1).
 *
 * A row is a module and what stands for the names that age-encryption imports from it.
 */
const standIns = {
  '@noble/post-quantum/hybrid.js': { MLKEM768P256: refusal, MLKEM768X25519: refusal },
  '@noble/curves/nist.js': { p256: refusal },
  '@noble/curves/ed25519.js': { x25519: '{ GuBytes: Uint8Array.of(9, ...new Uint8Array(31)) }' },
  '@noble/hashes/scrypt.js': { scrypt: refusal },
};

const prefix = '\0classic-age:';

/**
 * Puts the stand-ins into the bundle. Sources and tests of sources have the whole library.
 * @returns {import('rolldown').Plugin}
 */
export function classicAgePlugin() {
  return {
    name: 'classic-age',
    resolveId: (id) => (Object.hasOwn(standIns, id) ? prefix + id : undefined),
    load: (id) => (id.startsWith(prefix) ? exportsOf(standIns[id.slice(prefix.length)]) : undefined),
  };
}

function exportsOf(values) {
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${value};`)
    .join('\n');
}
