import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { type Encryption, encryptFile } from '../../../src/secrets/format/encrypt-file.ts';

export const file = 'apps/overlays/production/shop/database.sops.yaml';
const now = new Date('2026-11-22T17:51:39.123Z');
export const secretRule = { kind: 'encrypted_regex', pattern: '^(data|stringData)$' } as const;

/** Two people with keys, and a stranger. */
export const [anna, ben, stranger] = await Promise.all([generateAgeKey(), generateAgeKey(), generateAgeKey()]);

/** A Secret as we generate it; every value is a marker that must be seen nowhere. */
export const markers = ['mark-er-user-7f3a', 'mark-er-pass-91bc', 'mark-er-line-d20e', 'bWFyay1lci1iNjQ='];
export const plainSecret = `# who needs it: shop
apiVersion: v1
kind: Secret
metadata:
  name: database # kept
  annotations:
    kustomize.toolkit.fluxcd.io/substitute: disabled
type: Opaque
stringData:
  # rotated yearly
  user: ${markers[0]}
  password: "${markers[1]}" # ask the team

  config: |
    host = db
    key = ${markers[2]}
  empty: ""
data:
  blob: ${markers[3]}
`;

/** Encrypts for Anna and Ben, with the rule for Secrets, unless told otherwise. */
export function sealed(text = plainSecret, encryption: Partial<Encryption> = {}): Promise<string> {
  const recipients = [anna.recipient, ben.recipient];
  return encryptFile({ file, text }, { recipients, rule: secretRule, macOnlyEncrypted: true, now, ...encryption });
}

/** The texts of the error that something is refused with: all a person, a log or JSON gets to see. */
export async function complaint(act: () => unknown): Promise<{ code: string; message: string; all: string }> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const { message, code, stack, cause } = error;
    return { code: String(code), message, all: JSON.stringify([message, stack, cause, { ...error }]) };
  }
  throw new Error('was not refused');
}
