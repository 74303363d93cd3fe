/** The way to a node of one YAML document: map keys and list indexes (0-based) from the root. */
export type YamlPath = readonly (string | number)[];
