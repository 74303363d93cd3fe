import type { Rule } from '../../src/check/rule.ts';

/** docs/rules.md: every rule of `check`, by group. */
export function rulesMarkdown(rules: readonly Rule[]): string {
  const groups = [...new Set(rules.map(({ id }) => groupOf(id)))];
  const sections = groups.map((group) => {
    const rows = rules
      .filter(({ id }) => groupOf(id) === group)
      .map(({ id, severity, why, fix }) => `| \`${id}\` | ${severity} | ${cell(why)} | ${cell(fix)} |`);
    return [`## ${group}`, '', '| Rule | Severity | What happens | What to do |', '|---|---|---|---|', ...rows].join(
      '\n',
    );
  });
  return `${[head, ...sections].join('\n\n')}\n`;
}

const head = `# The rules of \`check\`

*Error*: a build, an admission or a reconciliation fails, a secret leaks, or one object has two owners. *Warning*: what is
probably not meant. *Info*: what is good to know. A case may be milder than its rule: broken YAML in a file that no cluster
reads is a warning.

A finding that is meant so is turned off in its file, with a reason: on the line, on the line above, or on top of the file for all
of it.

\`\`\`yaml
# flux-repo-ignore reference/depends-on: made by the platform team
\`\`\`

This page is written by \`npm run docs\`.`;

function groupOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
