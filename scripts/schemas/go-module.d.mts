export function goModuleFolder(source: { module: string; version: string }): string;
