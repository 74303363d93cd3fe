/** Messages that nobody has to act on, by a word; regular expressions as Go has them. */
export const exclusionPresets = {
  /** What networks do now and then, and what is tried again. A server that stays away says the same, so it is to be asked for. */
  transient: ['waiting.*socket', 'i/o timeout', 'connection reset by peer', 'TLS handshake timeout'],
  /** What waits for something else says so each time it looks. */
  waiting: ['^[Dd]ependencies do not meet ready condition', 'dependency .* is not ready'],
} as const;

type ExclusionPreset = keyof typeof exclusionPresets;

/** What is left out unless the model says otherwise. */
export const usualExclusions = ['waiting'] as const satisfies readonly ExclusionPreset[];

export const exclusionPresetNames = ['transient', 'waiting'] as const satisfies readonly ExclusionPreset[];
