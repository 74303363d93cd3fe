import { isMap, isScalar, visit } from 'yaml';
import { createCommand } from '../create-advice.ts';
import { hidden, type ScanRule } from '../scan-rule.ts';
import { mayHoldSecret } from '../secret-objects.ts';
import { deleteAdvice } from '../take-out-advice.ts';

const keys = ['.dockerconfigjson', '.dockercfg'];

/** Credentials of a registry as Docker keeps them, outside of a Secret. */
export const dockerConfig: ScanRule = {
  id: 'secrets/docker-config',
  severity: 'error',
  why: 'The password of a registry lets others pull private images, and often push.',
  *find(file, { write }) {
    const isWhole = /"auths"\s*:/.test(file.text);
    if (!isWhole && !(file.isManifest && keys.some((key) => file.text.includes(key)))) return;
    const fix = [
      `${createCommand(file.path, { name: 'registry' }, write)} --type docker-registry && ${deleteAdvice(file.path, write)}`,
    ];
    for (const document of file.documents()) {
      const root = document.root();
      if (root === undefined || mayHoldSecret(document.text)) continue;
      if (isMap(root) && hasCredential(root.toJSON())) {
        const place = file.placeOf(document.start + document.text.indexOf('"auths"'));
        yield { place, message: 'holds the credentials of a registry', fix, shown: `"auths": ${hidden}` };
      }
      const found: { at: number; key: string }[] = [];
      visit(root, {
        Pair(_, { key, value }) {
          if (!isScalar(key) || !isScalar(value) || !keys.includes(String(key.value))) return;
          if (hasCredential(decoded(String(value.value))))
            found.push({ at: key.range?.[0] ?? 0, key: String(key.value) });
        },
      });
      for (const { at, key } of found)
        yield {
          place: file.placeOf(document.start + at),
          message: `${key} holds the credentials of a registry`,
          fix,
          shown: `${key}: ${hidden}`,
        };
    }
  },
};

/** Docker's config.json has `auths` by registry; the older `.dockercfg` is that map itself. */
function hasCredential(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const registries: unknown = 'auths' in value ? value.auths : value;
  if (typeof registries !== 'object' || registries === null) return false;
  return Object.values(registries).some(
    (each: unknown) =>
      typeof each === 'object' &&
      each !== null &&
      ['auth', 'password', 'identitytoken'].some((field) => {
        const credential: unknown = Reflect.get(each, field);
        // A template of External Secrets has its values from elsewhere.
        return typeof credential === 'string' && credential !== '' && !/\{\{|^\$\{/.test(credential);
      }),
  );
}

/** A docker configuration from JSON or from base64 of it; anything else is none. */
function decoded(text: string): unknown {
  const json = text.trimStart().startsWith('{') ? text : Buffer.from(text, 'base64').toString('utf8');
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
