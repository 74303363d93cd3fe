/** Why there is no answer that could be worked with. */
export type HttpFaultKind =
  | 'certificate'
  | 'no-tls'
  | 'name'
  | 'proxy'
  | 'refused'
  | 'lost'
  | 'timeout'
  | 'redirected'
  | 'not-json'
  | 'too-long';

/**
 * A request without a usable answer. `detail` is a code or an address, never a body or a header; adapters turn the fault
 * into a ProviderError.
 */
export class HttpFault extends Error {
  override readonly name = 'HttpFault';
  readonly kind: HttpFaultKind;
  /** `DEPTH_ZERO_SELF_SIGNED_CERT`, the address a redirect names, a content type: whatever tells the cause. */
  readonly detail: string;
  /** Where there was an answer. */
  readonly status: number | undefined;

  constructor(kind: HttpFaultKind, detail: string, status?: number) {
    super(`${kind}: ${detail}`);
    this.kind = kind;
    this.detail = detail;
    this.status = status;
  }
}

/** Codes of OpenSSL and Node that say: the server's certificate is not one we may believe. */
const certificateCodes =
  /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|^(HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED)$/;

/** The fault for what a socket reported. @param error as Node emits it: `code` names the cause */
export function socketFault(error: Error & { code?: string }): HttpFault {
  const code = error.code ?? error.message.slice(0, 80);
  if (certificateCodes.test(code)) return new HttpFault('certificate', code);
  if (/^(EPROTO|ERR_SSL_.*)$/.test(code)) return new HttpFault('no-tls', code);
  if (/^(ENOTFOUND|EAI_.*|ENODATA)$/.test(code)) return new HttpFault('name', code);
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES)$/.test(code))
    return new HttpFault('refused', code);
  return code === 'ETIMEDOUT' ? new HttpFault('timeout', code) : new HttpFault('lost', code);
}
