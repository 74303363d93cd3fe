import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { templateSources } from '../../scripts/templates-plugin.js';

const yamlTemplates = templateSources().filter(({ path }) => /\.ya?ml\.hbs$/.test(path));

/** What may stand before a value on its line: indentation, dashes, a key. */
const beforeScalar = /^ *(- )*([A-Za-z][\w./-]*: )?$/;

/**
 * Every place of a YAML template that could put text of the model where it is not one whole scalar. Values are escaped
 * as scalars, so `name: {{x}}-suffix` or `{{{x}}}` would be YAML of the user's making.
 */
function looseMustaches(template: string): string[] {
  const lines = template.split('\n');
  const found: string[] = [];
  const report = (node: hbs.AST.Node, what: string) => found.push(`line ${node.loc.start.line}: ${what}`);
  const around = ({ loc }: hbs.AST.Node) => [
    lines[loc.start.line - 1]?.slice(0, loc.start.column) ?? '',
    lines[loc.end.line - 1]?.slice(loc.end.column) ?? '',
  ];
  const visitor = new Handlebars.Visitor();
  visitor.MustacheStatement = (node) => {
    const [before = '', after = ''] = around(node);
    if (!isEscaped(node)) report(node, 'is not escaped');
    if (!beforeScalar.test(before) || after !== '') report(node, 'is no whole scalar');
  };
  visitor.BlockStatement = function (node) {
    const [before = '', after = ''] = around(node);
    if (before !== '' || after !== '') report(node, 'is a block that shares its line');
    Handlebars.Visitor.prototype.BlockStatement.call(this, node);
  };
  visitor.PartialStatement = (node) => report(node, 'is a partial');
  visitor.PartialBlockStatement = (node) => report(node, 'is a partial');
  visitor.DecoratorBlock = (node) => report(node, 'is a partial');
  visitor.accept(Handlebars.parse(template));
  return found;
}

/** `{{{x}}}` and `{{&x}}` are not; the types of Handlebars do not have the field on this node. */
function isEscaped(node: hbs.AST.MustacheStatement): boolean {
  return 'escaped' in node && node.escaped === true;
}

test('there are YAML templates to look at', () => {
  expect(yamlTemplates.length).toBeGreaterThan(15);
});

test.for(yamlTemplates)('every mustache of $path is a whole scalar or a block of its own', ({ text }) => {
  expect(looseMustaches(text)).toEqual([]);
});

describe('what would put text of the model elsewhere is found', () => {
  test.for([
    ['a suffix', 'name: {{x}}-config\n'],
    ['a prefix', 'name: a-{{x}}\n'],
    ['a mustache in quotes', 'name: "{{x}}"\n'],
    ['a key', '{{x}}: 1\n'],
    ['two on one line', 'name: {{x}}{{y}}\n'],
    ['a comment', 'a: b # {{x}}\n'],
    ['a flow list', 'a: [{{x}}]\n'],
    ['three braces', 'name: {{{x}}}\n'],
    ['an ampersand', 'name: {{&x}}\n'],
    ['a partial', '{{> other}}\n'],
    ['an inline partial', '{{#*inline "x"}}\na: b\n{{/inline}}\n'],
    ['one inside a block', '{{#if x}}\nname: a{{x}}\n{{/if}}\n'],
    ['one in the else of a block', '{{#if x}}\na: b\n{{else}}\nname: a{{x}}\n{{/if}}\n'],
    ['a block in a line', 'name: {{#if x}}a{{/if}}\n'],
  ] as const)('%s', ([, template]) => {
    expect(looseMustaches(template)).not.toEqual([]);
  });

  test('and nothing else is', () => {
    const good =
      '{{!-- seed --}}\n{{#each xs}}\n  - name: {{this}}\n    - - {{x}}\n{{/each}}\n{{#yaml v indent=2}}{{/yaml}}\n{{x}}\n';
    expect(looseMustaches(good)).toEqual([]);
  });
});
