import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateAgeKey } from '../../src/secrets/age-identity.ts';
import { decryptFile } from '../../src/secrets/format/decrypt-file.ts';
import { encryptFile } from '../../src/secrets/format/encrypt-file.ts';
import { rotateDataKey } from '../../src/secrets/format/rotate-data-key.ts';
import { scanFiles } from '../../src/secrets/scan/scan-files.ts';

/**
 * Works on so many encrypted files: Secrets of ten values for two recipients.
 * Arguments: `encrypt`, `decrypt`, `rotate` or `scan`; an empty folder, which gets `plain.yaml`, `sealed/<n>.sops.yaml` and
 * `keys.txt` for another program to do the same with; how many files.
 * Prints a list of milliseconds, one for each file; for `scan`, which takes them all at once, the mean.
 */
const [part = '', folder = '', count = ''] = process.argv.slice(2);
const [owner, recovery] = await Promise.all([generateAgeKey(), generateAgeKey()]);
const encryption = {
  recipients: [owner.recipient, recovery.recipient],
  rule: { kind: 'encrypted_regex', pattern: '^(data|stringData)$' } as const,
  macOnlyEncrypted: true,
};
const values = Array.from({ length: 10 }, (_, at) => `  key-${at}: value-${at}-${'x'.repeat(24)}\n`).join('');
const plain = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: bench\n  namespace: bench\nstringData:\n${values}`;
const rule = `encrypted_regex: ${encryption.rule.pattern}\n    mac_only_encrypted: true\n    age: ${encryption.recipients.join(',')}`;
const config = `creation_rules:\n  - path_regex: \\.sops\\.yaml$\n    ${rule}\n`;

mkdirSync(join(folder, 'sealed'));
writeFileSync(join(folder, 'plain.yaml'), plain);
writeFileSync(join(folder, 'keys.txt'), `${owner.identity.reveal()}\n`);
writeFileSync(join(folder, 'recipients'), encryption.recipients.join(','));
const files = Array.from({ length: Number(count) }, (_, at) => `sealed/${at}.sops.yaml`);
const sealed = await encryptFile({ file: 'bench', text: plain }, { ...encryption, now: new Date() });
for (const file of files) writeFileSync(join(folder, file), sealed);

const work: Record<string, (text: string, file: string) => Promise<unknown>> = {
  encrypt: () => encryptFile({ file: 'bench', text: plain }, { ...encryption, now: new Date() }),
  decrypt: (text, file) => decryptFile({ file, text }, [owner.identity]),
  rotate: async (text, file) =>
    writeFileSync(
      join(folder, file),
      await rotateDataKey({ file, text }, { identities: [owner.identity], now: new Date() }),
    ),
};

async function eachFile(): Promise<number[]> {
  const taken: number[] = [];
  for (const file of files) {
    const start = performance.now();
    await work[part]?.(readFileSync(join(folder, file), 'utf8'), file);
    taken.push(performance.now() - start);
  }
  return taken;
}

async function scanAll(): Promise<number[]> {
  const start = performance.now();
  const sources = files.map((path) => ({ path, read: () => readFileSync(join(folder, path), 'utf8') }));
  const command = (...words: readonly string[]) => words.join(' ');
  const report = await scanFiles([...sources, { path: '.sops.yaml', read: () => config }], {
    write: { tool: command, shell: command, stateOf: () => 'committed' },
  });
  if (report.findings.length > 0) throw new Error(`found ${report.findings[0]?.problem.message}`);
  return files.map(() => (performance.now() - start) / files.length);
}

console.log(JSON.stringify(await (part === 'scan' ? scanAll() : eachFile())));
