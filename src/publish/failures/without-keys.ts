/** What is left where an organisation has no deploy keys; only GitHub has such a rule. */
export const withoutKeys =
  'let Flux read over HTTPS: write credential: github-app (or token) under repository in flux-repo.yaml, then apply --commit and publish again.';
