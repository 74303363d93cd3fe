import { type KeyObject, sign } from 'node:crypto';
import {
  bitString,
  integer,
  isTrue,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  time,
  utf8,
} from './der.ts';

/** Object identifiers of RFC 5280 and RFC 8017. */
const oids = { commonName: '2.5.4.3', basicConstraints: '2.5.29.19', sha256WithRsa: '1.2.840.113549.1.1.11' };

/** What a certificate says of its key. */
export interface Subject {
  commonName: string;
  notBefore: Date;
  notAfter: Date;
  /** 16 random bytes: no two certificates of one name are alike. */
  serial: Uint8Array;
}

/**
 * A certificate that a key signs for itself, as the controller of Sealed Secrets makes them: X.509 version 3, RSA with SHA-256,
 * a CA that nobody trusts. https://github.com/bitnami-labs/sealed-secrets/blob/v0.36.6/pkg/crypto/keys.go
 *
 * @returns PEM, with one trailing newline
 */
export function selfSigned(keys: { publicKey: KeyObject; privateKey: KeyObject }, subject: Subject): string {
  const algorithm = sequence(objectIdentifier(oids.sha256WithRsa), nothing);
  const name = sequence(setOf(sequence(objectIdentifier(oids.commonName), utf8(subject.commonName))));
  const constraints = sequence(objectIdentifier(oids.basicConstraints), isTrue, octetString(sequence(isTrue)));
  const toBeSigned = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(subject.serial),
    algorithm,
    name,
    sequence(time(subject.notBefore), time(subject.notAfter)),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(constraints)),
  );
  const signature = sign('sha256', toBeSigned, keys.privateKey);
  const lines =
    sequence(toBeSigned, algorithm, bitString(signature))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
