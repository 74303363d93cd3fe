/** What `scripts/templates-plugin.js` makes of `templates/components/<name>/component.yaml` at build time. */
declare module 'virtual:catalogue' {
  export const catalogue: Record<string, unknown>;
}
