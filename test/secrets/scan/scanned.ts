import { type ScanReport, scanFiles } from '../../../src/secrets/scan/scan-files.ts';
import type { CommandWriter } from '../../../src/secrets/scan/scan-rule.ts';
import { sopsRulesText } from '../../../src/secrets/sops-config/sops-rules.ts';
import type { Contents } from '../../../src/tree/tree.ts';
import { anna, ben, stranger } from '../format/sealed-files.ts';

const write: CommandWriter = {
  tool: (...words) => `TOOL ${words.join(' ')}`,
  shell: (...words) => words.join(' '),
  stateOf: () => 'committed',
};

/** Anna and Ben read production, a stranger and Ben staging. */
export const sopsConfig = `creation_rules:\n${sopsRulesText([
  {
    folder: 'apps/overlays/production',
    readers: [
      { recipient: anna.recipient, name: 'cluster eu' },
      { recipient: ben.recipient, name: 'recovery' },
    ],
  },
  {
    folder: 'apps/overlays/staging',
    readers: [
      { recipient: stranger.recipient, name: 'cluster trial' },
      { recipient: ben.recipient, name: 'recovery' },
    ],
  },
])}`;

/** Scans files given by path. */
export function scanned(files: Record<string, Contents>, only?: (path: string) => boolean): Promise<ScanReport> {
  const list = Object.entries(files).map(([path, contents]) => ({ path, read: () => contents }));
  return scanFiles(list, { write, ...(only && { only }) });
}

/** `rule file:line:column` of each finding. */
export function told({ findings }: ScanReport): string[] {
  return findings.map(({ problem: { rule, file, line, column } }) => `${rule} ${file}:${line}:${column}`);
}
