const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Why a text names no server: a host name (`git.example.com`, `git.example.com:8443`) or an `https://` URL is one;
 * `http://` is for the loopback only, since a token goes there. Credentials in it are refused.
 */
export function hostFault(host: string): string | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(host) ? host : `https://${host}`;
  const example = 'must be a host name or a URL such as https://git.example.com';
  if (!URL.canParse(address)) return example;
  const url = new URL(address);
  if (!/^[a-z0-9[]/i.test(url.hostname)) return example;
  if (url.username !== '' || url.password !== '') return 'must not hold a user name, password or token';
  if (url.search !== '' || url.hash !== '') return 'must not have a query or a fragment';
  // A URL's parser drops blanks and line ends without a word, and takes much that would act in a shell.
  if (!/^[\p{L}\p{N}._~:/[\]%-]+$/u.test(host)) return example;
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return 'must begin with https://';
  return loopback.test(url.hostname)
    ? undefined
    : 'must begin with https://: a token would cross the network in the clear';
}
