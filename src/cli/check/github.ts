import { type CheckReport, summaryOf } from './check-report.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as commands that a GitHub workflow turns into annotations.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 *
 * @param prefix the way from the work tree to the repository: empty, or with a slash at its end
 */
export function githubAnnotations(report: CheckReport, prefix: string): string {
  const lines = report.problems.map(({ severity, rule, message, file, line, column, hint }) => {
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
