import type { Answers } from './answers.ts';
import { namedText, parseNamedText } from './named-text.ts';
import type { Fault, Reading } from './question.ts';
import { readDraftPart } from './read-draft-part.ts';

/** Clusters as `NAME[:ENVIRONMENT][,variable=value]…`; the environment is left out when it has the cluster's name. */
export function clusterTexts({ draft }: Answers): string[] | undefined {
  if (draft.clusters === undefined) return undefined;
  return Object.entries(draft.clusters).map(([name, { environment, variables }]) =>
    namedText(environment === name ? name : `${name}:${environment}`, Object.entries(variables ?? {})),
  );
}

/** A cluster that a file describes in more detail keeps the rest of it. */
export function readClusters(texts: readonly string[], answers: Answers): Reading {
  const faults: Fault[] = [];
  const clusters = new Map<string, unknown>();
  for (const text of texts) {
    const parsed = parseNamedText(text);
    const colon = parsed.name.indexOf(':');
    const name = colon === -1 ? parsed.name : parsed.name.slice(0, colon);
    const [environment = '', ...beyond] = colon === -1 ? [name] : parsed.name.slice(colon + 1).split(':');
    if (beyond.length > 0)
      faults.push({
        message: `"${parsed.name}": what is ":${beyond.join(':')}" after environment "${environment}"? Write NAME:ENVIRONMENT`,
      });
    faults.push(...parsed.faults.map((message) => ({ message })));
    if (clusters.has(name)) faults.push({ message: `"${name}" is given twice` });
    const { variables: _, ...kept } = new Map(Object.entries(answers.draft.clusters ?? {})).get(name) ?? {};
    const variables = parsed.settings.size > 0 ? { variables: Object.fromEntries(parsed.settings) } : {};
    clusters.set(name, { ...kept, environment, ...variables });
  }
  if (clusters.size === 0) faults.push({ message: 'a repository needs at least one cluster' });
  const reading = readDraftPart({ clusters: Object.fromEntries(clusters) }, answers);
  return 'faults' in reading || faults.length > 0
    ? { faults: [...faults, ...('faults' in reading ? reading.faults : [])] }
    : reading;
}
