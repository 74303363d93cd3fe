/** Any user that is not root will do: Linux' and macOS' "nobody" are other numbers. */
const somebody = 65_534;

/** Runs as somebody whom file modes stop: root may write anywhere, and container builds run tests as root. */
export async function unprivileged<T>(run: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(somebody);
  try {
    return await run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
