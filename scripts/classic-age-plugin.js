/**
 * age-encryption also knows hybrid post-quantum keys and keys of hardware tokens. Neither is accepted by our key files and
 * recipients, and their mathematics is half of what the library weighs, so the bundle has a stand-in that says so.
 * @returns {import('rolldown').Plugin}
 */
export function classicAgePlugin() {
  const standIn = '\0classic-age';
  const left = ['@noble/post-quantum/hybrid.js', '@noble/curves/nist.js'];
  return {
    name: 'classic-age',
    resolveId(id) {
      return left.includes(id) ? standIn : undefined;
    },
    load(id) {
      if (id !== standIn) return undefined;
      const refusal = `{ get() { throw new Error('only X25519 keys of age are supported'); } }`;
      const names = ['MLKEM768P256', 'MLKEM768X25519', 'p256'];
      return names.map((name) => `export const ${name} = new Proxy({}, ${refusal});`).join('\n');
    },
  };
}
