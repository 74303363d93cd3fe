/** How a server whose API has GitHub's shape differs from GitHub. */
export interface Dialect {
  /** Words for errors: what each write takes. */
  needs: { read: string; create: string; keys: string; hooks: string; admin: string; pulls: string; labels: string };
  /** Parameters of a page, from 1. */
  page(number: number): Record<string, number>;
  /** What the body of a new hook has besides url, secret and events. */
  hook: Record<string, unknown>;
  /** What the body of a new repository has besides name, description and `private`. */
  creation(wanted: { visibility: string; branch: string }): Record<string, unknown>;
}
