import { createHash } from 'node:crypto';
import type { Rule } from '../../check/rule.ts';
import { version } from '../program.ts';
import type { CheckReport } from './check-report.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' };

/**
 * Findings as a SARIF log: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * @param prefix the way from the work tree to the repository: empty, or with a slash at its end
 */
export function sarifLog({ problems }: CheckReport, rules: readonly Rule[], prefix: string): string {
  const index = new Map(rules.map(({ id }, at) => [id, at]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'create-flux-repo', version, rules: rules.map(descriptorOf) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map(({ rule, severity, message, file, line, column, fingerprint, hint }) => ({
          ruleId: rule,
          ruleIndex: index.get(rule) ?? -1,
          level: levels[severity],
          message: { text: `${message}. ${hint}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: (prefix + file).split('/').map(encodeURIComponent).join('/') },
                ...(line !== undefined && {
                  region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
                }),
              },
            },
          ],
          partialFingerprints: { 'findingHash/v1': createHash('sha256').update(fingerprint).digest('hex') },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptorOf({ id, severity, why, fix }: Rule) {
  return {
    id,
    shortDescription: { text: why },
    help: { text: fix },
    defaultConfiguration: { level: levels[severity] },
  };
}
