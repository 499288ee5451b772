import { createPrivateKey, X509Certificate } from 'node:crypto';

export interface CertificateFacts {
  chainPem: string;
  serial: string;
  names: string[];
  issuer: string;
  notBefore: Date;
  notAfter: Date;
}

export type ChainProblem = 'unreadable' | 'key-mismatch' | 'names-differ' | 'not-valid-now';
export type ChainVerdict =
  { ok: true; facts: CertificateFacts } | { ok: false; problem: ChainProblem; detail: string };

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
/** The authority backdates by up to an hour; our clock may be a little behind it. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Checks a downloaded chain before it is stored: it parses, it belongs to our key, it covers exactly the
 * names that were ordered, and it is valid now. Takes PEM (leaf first); returns the leaf's facts or the first problem.
 */
export function checkChain(
  chainPem: string,
  expected: { keyPem: string; names: readonly string[]; now: Date },
): ChainVerdict {
  let certificates: X509Certificate[];
  try {
    certificates = (chainPem.match(PEM) ?? []).map((pem) => new X509Certificate(pem));
  } catch (error) {
    return { ok: false, problem: 'unreadable', detail: String(error) };
  }
  const leaf = certificates[0];
  if (!leaf) return { ok: false, problem: 'unreadable', detail: 'no certificate in the answer' };
  if (!leaf.checkPrivateKey(createPrivateKey(expected.keyPem))) {
    return { ok: false, problem: 'key-mismatch', detail: `serial ${leaf.serialNumber}` };
  }

  const facts = factsOf(leaf, chainPem);
  if (facts.names.join() !== [...expected.names].sort().join()) {
    return { ok: false, problem: 'names-differ', detail: facts.names.join(', ') };
  }
  const now = expected.now.getTime();
  if (facts.notBefore.getTime() > now + CLOCK_SKEW_MS || facts.notAfter.getTime() <= now) {
    return { ok: false, problem: 'not-valid-now', detail: `${leaf.validFrom} - ${leaf.validTo}` };
  }
  return { ok: true, facts };
}

function factsOf(leaf: X509Certificate, chainPem: string): CertificateFacts {
  const names = (leaf.subjectAltName ?? '')
    .split(', ')
    .filter((entry) => entry.startsWith('DNS:'))
    .map((entry) => entry.slice(4).toLowerCase())
    .sort();
  const organisation = /^(?:O|CN)=(.*)$/m.exec(leaf.issuer)?.[1];
  return {
    chainPem,
    serial: leaf.serialNumber.toLowerCase(),
    names,
    issuer: organisation ?? leaf.issuer,
    notBefore: new Date(leaf.validFrom),
    notAfter: new Date(leaf.validTo),
  };
}
