import 'reflect-metadata';
import { webcrypto, KeyObject } from 'node:crypto';
import { Pkcs10CertificateRequestGenerator, SubjectAlternativeNameExtension } from '@peculiar/x509';

export interface CertificateRequest {
  /** PKCS #8 PEM of a fresh P-256 key. */
  keyPem: string;
  /** PKCS #10 in DER, as `finalize` takes it. */
  csr: Buffer;
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** Makes a P-256 key and a certificate request for DNS names (A-labels); the names stand in the SAN only. */
export async function makeCertificateRequest(
  names: readonly string[],
): Promise<CertificateRequest> {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({
    keys,
    signingAlgorithm: P256,
    extensions: [
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value }))),
    ],
  });
  const keyPem = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  return { keyPem: String(keyPem), csr: Buffer.from(request.rawData) };
}
