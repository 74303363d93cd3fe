import { type CheckReport, summaryOf } from './check-report.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as commands that a GitHub workflow turns into annotations. Notes are only counted: a repository that is edited for
 * years has many, and GitHub shows ten annotations of a kind for each step.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 *
 * @param prefix the way from the work tree to the repository: empty, or with a slash at its end
 * @param options.verbose gives notes as notices, too
 */
export function githubAnnotations(report: CheckReport, prefix: string, { verbose }: { verbose: boolean }): string {
  const shown = report.problems.filter(({ severity }) => verbose || severity !== 'info');
  const lines = shown.map(({ severity, rule, message, file, line, column, hint }) => {
    const properties = Object.entries({ file: prefix + file, line, col: column, title: rule })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${propertyText(String(value))}`);
    return `::${commands[severity]} ${properties.join(',')}::${messageText(`${message}\n${hint}`)}`;
  });
  return `${[...lines, summaryOf(report)].join('\n')}\n`;
}

function messageText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyText(text: string): string {
  return messageText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
