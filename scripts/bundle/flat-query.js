/**
 * In the bundle this takes the place of `qs`, of which gitbeaker uses as much for us as URLs can do themselves: reading
 * the query of the next page. See ARCHITECTURE.md, Dependencies.
 *
 * @param {string | undefined} query without `?`
 */
export const parse = (query) => Object.fromEntries(new URLSearchParams(query));

/** @param {Record<string, string>} fields */
export const stringify = (fields) => new URLSearchParams(fields).toString();

// biome-ignore lint/style/noDefaultExport: as qs has it
export default { parse, stringify };
