import { isMap, isScalar, isSeq } from 'yaml';
import { looksSealed } from '../../format/sealed-text.ts';
import { hidden, type ScanRule } from '../scan-rule.ts';
import { moveOutAdvice } from '../take-out-advice.ts';
import { textAt } from '../text-at.ts';

/** https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo: the fields that are credentials themselves. */
const credentials = ['token', 'client-key-data', 'password'];

/** Files that open a cluster. */
export const kubeconfig: ScanRule = {
  id: 'secrets/kubeconfig',
  severity: 'error',
  why: 'Whoever has the file has the rights of that user in the cluster.',
  *find(file, { write }) {
    if (!credentials.some((field) => file.text.includes(field)) || !/\busers["']?[ \t]*:/.test(file.text)) return;
    for (const document of file.documents()) {
      const root = document.root();
      const users: unknown = isMap(root) && textAt(root, 'kind') === 'Config' ? root.get('users') : undefined;
      for (const user of isSeq(users) ? users.items : []) {
        const auth: unknown = isMap(user) ? user.get('user') : undefined;
        for (const { key, value } of isMap(auth) ? auth.items : []) {
          if (!isScalar(key) || !credentials.includes(String(key.value)) || !isScalar(value)) continue;
          if (!value.value || looksSealed(String(value.value))) continue;
          yield {
            place: file.placeOf(document.start + (key.range?.[0] ?? 0)),
            message: `is a kubeconfig with a ${String(key.value)}`,
            fix: [
              'Withdraw the credential in the cluster, and move the file out of the repository:',
              ...moveOutAdvice(file.path, write),
            ],
            shown: `${String(key.value)}: ${hidden}`,
          };
        }
      }
    }
  },
};
