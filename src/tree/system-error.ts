/** Node's error codes in a person's words: https://nodejs.org/api/errors.html#common-system-errors */
const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EBUSY: 'another program is using it',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'something else is there already',
  EFBIG: 'the file would be too large',
  EIO: 'the disk reported an input/output error',
  EISDIR: 'it is a folder',
  ELOOP: 'symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long for this file system',
  ENOENT: 'it does not exist',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a file stands where a folder must be',
  ENOTEMPTY: 'the folder is not empty',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  EXDEV: 'it is on another file system',
};

export interface SystemError extends Error {
  code: string;
  path?: string;
  /** Target of a rename. */
  dest?: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

/** Why the operating system refused, without the absolute path that Node puts into its messages. */
export function reasonOf(error: SystemError): string {
  const reason = reasons[error.code];
  return reason === undefined ? error.code : `${reason} (${error.code})`;
}
