import { encryptFile } from '../../../src/secrets/format/encrypt-file.ts';
import { readSopsConfig } from '../../../src/secrets/sops-config/read-sops-config.ts';
import { ruleFor } from '../../../src/secrets/sops-config/rule-for.ts';
import { type MadeRepository, madeRepository } from '../../support/made-repository.ts';

export const production = 'apps/overlays/production/web/db.sops.yaml';
export const staging = 'apps/overlays/staging/web/db.sops.yaml';
/** Every value in the files. */
export const marker = 'mark-er-5c1e';

/** Two clusters of production, one of staging, and an app with a Secret in both environments. */
export async function secretRepository(
  options: { columns?: number } = {},
): Promise<MadeRepository & { seal(path: string, recipients?: readonly string[]): Promise<void> }> {
  const clusters = ['eu:production', 'us:production', 'test:staging'].flatMap((cluster) => ['--cluster', cluster]);
  const made = await madeRepository(['--app', 'web', '--component', 'none', ...clusters], options);
  const declared =
    '\n    secrets:\n      db:\n        environments: [production, staging]\n        keys: [password, user]';
  made.edit('flux-repo.yaml', '\n  web:', `\n  web:${declared}`);
  const applied = await made.run('apply', '--yes');
  if (applied.code !== 0) throw new Error(applied.err);
  const seal = async (path: string, recipients?: readonly string[]) => {
    const rule = ruleFor(await readSopsConfig({ file: '.sops.yaml', text: made.read('.sops.yaml') }), path);
    const text = `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: web
stringData:
  password: ${marker}
  user: ${marker}
`;
    const own = rule.recipients.map(({ recipient }) => recipient);
    made.write(
      path,
      await encryptFile(
        { file: path, text },
        {
          recipients: recipients ?? own,
          rule: rule.encryption,
          macOnlyEncrypted: true,
          now: new Date('2026-01-05T00:00:00Z'),
        },
      ),
    );
  };
  await seal(production);
  await seal(staging);
  return { ...made, seal };
}
