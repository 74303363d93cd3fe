/** A host name and a path, as in `github.com/org/repository//folder?ref=v1`. */
const hostAndPath = /^[\w-]+(\.[\w-]+)+(:\d+)?\/.+/;

/**
 * Whether an entry that is no file here names something in the network.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/examples/remoteBuild.md
 */
export function isRemote(entry: string): boolean {
  if (/^[a-z+]+:\/\//i.test(entry) || /^(git::|git@|gh:)/.test(entry) || /[?&](ref|version)=/.test(entry)) return true;
  return (
    hostAndPath.test(entry) && !/\.ya?ml$/.test(entry.split('/')[0] ?? '') && /^[^/]*\.[a-z]{2,}(:\d+)?\//i.test(entry)
  );
}
