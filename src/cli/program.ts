import packageJson from '../../package.json' with { type: 'json' };

const facts: { version: string; bugs?: string | { url?: string } } = packageJson;

export const version: string = facts.version;

/**
 * How every text we print or generate calls us: by the exact version, and never as `npx flux-repo`,
 * a name that could be somebody else's package.
 */
export const npx: string = `npx create-flux-repo@${version}`;

/** Where a bug of ours is reported, when the package says so. */
export const issueTracker: string | undefined = typeof facts.bugs === 'string' ? facts.bugs : facts.bugs?.url;
