/** What `scripts/templates-plugin.js` makes of `templates/` at build time. */
declare module 'virtual:templates' {
  interface TemplateMarks {
    ownership: 'managed' | 'seed' | 'external';
    userPaths: (string | number)[][];
    executable: boolean;
  }

  /** Rendered (`spec`: a precompiled Handlebars function), or copied as it is (`text`). */
  export type Template = TemplateMarks & ({ spec: TemplateSpecification } | { text: string });

  /** Path below `templates/` without `.hbs` -> template. */
  export const templates: Record<string, Template>;
}
