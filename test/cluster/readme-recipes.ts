/** A fenced block of a Markdown text. */
export interface Recipe {
  language: string;
  text: string;
}

/** The fenced blocks below a heading of the second level, in order, without their indentation. */
export function recipesBelow(markdown: string, heading: string): Recipe[] {
  const section = markdown.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`the README has no "## ${heading}"`);
  const fences = section.matchAll(/^( *)```([a-z]+)\n([\s\S]*?)^ *```$/gm);
  return [...fences].map(([, indentation = '', language = '', text = '']) => ({
    language,
    text: text.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
  }));
}
