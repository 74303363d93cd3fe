/**
 * Public keys of servers that many people use, so that nobody has to believe the first answer of a network.
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints
 * https://docs.gitlab.com/user/gitlab_com/#ssh-known_hosts-entries
 */
const pinned: Readonly<Record<string, readonly string[]>> = {
  'github.com': [
    'github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
    'github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=',
  ],
  'gitlab.com': [
    'gitlab.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf',
    'gitlab.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFSMqzJeV9rUzU4kWitGjeR4PWSa29SPqJ1fVkhtj3Hw9xjLVXVYrU9QlYWrOLXBpQ6KWjbjTDTdDkoohFzgbEY=',
  ],
};

/** Lines of known_hosts for the server of an `ssh://` address: those of the model, or those that are pinned. */
export function knownHostsOf(source: string, own: readonly string[] | undefined): readonly string[] {
  const { hostname, port } = new URL(source);
  const isUsual = port === '' || port === '22';
  return own ?? (isUsual && Object.hasOwn(pinned, hostname) ? (pinned[hostname] ?? []) : []);
}

/**
 * The command that asks the server of an `ssh://` address for its lines, of all types: some servers have only an RSA key.
 * Who believes the answer is a person.
 */
export function scanCommand(source: string): string {
  const { hostname, port } = new URL(source);
  return `ssh-keyscan${port === '' ? '' : ` -p ${port}`} ${hostname}`;
}
