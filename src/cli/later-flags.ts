/** Flags of later versions: known, so that they are refused by name instead of as a typing mistake. */
export const laterFlags = ['--bootstrap <cluster>'] as const;
