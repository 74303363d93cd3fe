/**
 * Whether an entry that is no file here names something in the network: a URL, or the short forms of git repositories.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md
 */
export function isRemote(entry: string): boolean {
  return (
    /^[a-z][a-z+]*:\/\//i.test(entry) ||
    /^(git::|gh:|[\w-]+@[\w.-]+:|(www\.)?github\.com[/:])/i.test(entry) ||
    /\.git([/?]|$)|\/_git\/|[?&](ref|version)=/.test(entry)
  );
}
