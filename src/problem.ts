/** One finding about one place. The shape is part of the command-line contract (`--json`). */
export interface Problem {
  /** `group/name`, for example `model/unknown-key`. */
  rule: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  /** Relative to the repository root, with `/`; for a `--config` file as the user gave it. */
  file?: string;
  /** 1-based. */
  line?: number;
  /** 1-based, in UTF-16 code units. */
  column?: number;
  /** `Kind/namespace/name`. */
  object?: string;
  /** What to do about it. */
  hint?: string;
  fixable?: boolean;
}
