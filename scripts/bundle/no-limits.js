/**
 * In the bundle this takes the place of `rate-limiter-flexible` and `picomatch-browser`: gitbeaker's own requester needs
 * them, which we replace (src/publish/gitlab/gitlab-requester.ts), and they are ten times as large as the rest of it.
 */
const unused = () => {
  throw new Error('not in this bundle');
};

export const RateLimiterQueue = unused;
export const RateLimiterMemory = unused;

// biome-ignore lint/style/noDefaultExport: as picomatch has it
export default { isMatch: unused };
