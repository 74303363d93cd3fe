import type { Plugin } from 'rolldown';

export function templatesPlugin(folder?: string): Plugin;
export function templateSources(folder?: string): { path: string; text: string }[];
