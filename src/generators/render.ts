import { type Template, templates } from 'virtual:templates';
import type { HelperOptions, TemplateDelegate } from 'handlebars';
import Handlebars from 'handlebars/runtime.js';
import type { FileEntry } from '../plan/entry.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { yamlBlock } from '../yaml/yaml-block.ts';
import { yamlScalar } from '../yaml/yaml-scalar.ts';

/** What stands for `[cluster]`, `[environment]` … in a template's path. */
export type Places = Record<string, string>;

/** What a template may use: data only, every name it mentions must be there (`strict`). */
export type View = Record<string, unknown>;

const handlebars = Handlebars.create();
// A map below a key: `{{#yaml values indent=4}}{{/yaml}}` on a line of its own.
handlebars.registerHelper('yaml', (value: unknown, { hash }: HelperOptions) =>
  yamlBlock(value)
    .trimEnd()
    .replace(/^(?=.)/gm, ' '.repeat(Number(hash.indent))),
);

const compiled = new Map<string, TemplateDelegate>();

/**
 * One file from one template. A template that renders to nothing makes no file.
 * @param path below `templates/`, without `.hbs`; `[name]` parts are filled from `places`
 * @param target the file's path when it differs from the template's
 */
export function renderFile(path: string, places: Places, view: View = {}, target = path): FileEntry[] {
  const template = templates[path];
  if (template === undefined) throw new Error(`There is no template ${path}`);
  const contents = 'text' in template ? template.text : instantiate(path, template.spec)(view);
  if (contents.trim() === '') return [];
  return [
    {
      kind: 'file',
      path: fill(target, places),
      contents,
      ownership: template.ownership,
      ...(template.executable ? { executable: true as const } : {}),
      ...(template.userPaths.length > 0 ? { userPaths: template.userPaths } : {}),
    },
  ];
}

/** The text of one template, for what is not a file of its own. */
export function renderText(path: string, view: View): string {
  const template = templates[path];
  if (template === undefined) throw new Error(`There is no template ${path}`);
  return 'text' in template ? template.text : instantiate(path, template.spec)(view);
}

/** Paths of the templates directly in a folder below `templates/`, in order. */
export function templatesIn(folder: string): string[] {
  return Object.keys(templates).filter((path) => path.slice(0, path.lastIndexOf('/')) === folder);
}

function fill(path: string, places: Places): RepoPath {
  return path.replace(/\[([a-z]+)\]/g, (_, name: string) => {
    const value = places[name];
    if (value === undefined) throw new Error(`${path} needs a value for [${name}]`);
    return value;
  });
}

/**
 * Handlebars takes the escape function when it instantiates a template. `{{x}}` is a whole scalar in YAML and text
 * elsewhere, so the file's kind decides.
 */
function instantiate(path: string, spec: Extract<Template, { spec: unknown }>['spec']): TemplateDelegate {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  handlebars.Utils.escapeExpression = /\.ya?ml$/.test(path) ? yamlScalar : String;
  const template = handlebars.template(spec);
  compiled.set(path, template);
  return template;
}
