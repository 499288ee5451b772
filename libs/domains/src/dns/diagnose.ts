import { caaVerdict, type CaaQuestion } from './caa';
import {
  diagnoseOwnership,
  type OwnershipExpectation,
  type OwnershipVerdict,
} from './diagnose-ownership';
import { diagnoseRouting, type RoutingExpectation, type RoutingStatus } from './diagnose-routing';
import { finding, type Finding } from './finding';
import type { Observation } from './observe';

export interface Expectation extends RoutingExpectation, OwnershipExpectation, CaaQuestion {}

export interface Diagnosis {
  routing: RoutingStatus;
  proof: OwnershipVerdict['proof'];
  /** Whether the zone lets the authority issue; `unknown` when its name servers fail on the question. */
  caa: 'allows' | 'forbids' | 'unknown';
  findings: Finding[];
}

/** Judges one check: pure. All findings are returned, those that block first. */
export function diagnose(seen: Observation, wanted: Expectation): Diagnosis {
  const routing = diagnoseRouting(seen, wanted);
  const ownership = diagnoseOwnership(seen, wanted);
  const caa = diagnoseCaa(seen, wanted);
  const findings = [...routing.findings, ...ownership.findings, ...caa.findings];
  findings.sort((a, b) => Number(b.blocking) - Number(a.blocking));
  return { routing: routing.status, proof: ownership.proof, caa: caa.status, findings };
}

function diagnoseCaa(
  seen: Observation,
  wanted: Expectation,
): { status: Diagnosis['caa']; findings: Finding[] } {
  const { caa, host } = seen;
  if (caa.status === 'none') return { status: 'allows', findings: [] };
  const [issuer = 'letsencrypt.org'] = wanted.issuers;
  const expected = [`0 issue "${issuer}"`];
  if (caa.status === 'failed') {
    // One fault, one message: when the address cannot be looked up either, that says it.
    if (seen.address.status === 'failed') return { status: 'unknown', findings: [] };
    const message = `The name servers of ${caa.name} fail on the CAA question; the certificate authority would refuse.`;
    const action = 'Ask your DNS provider to answer CAA questions correctly.';
    return { status: 'unknown', findings: [finding('CAA_ERROR', message, { expected, action })] };
  }
  const verdict = caaVerdict(caa.records, wanted);
  if (verdict.allowed) return { status: 'allows', findings: [] };
  const message = `The CAA records of ${caa.name} forbid a certificate for ${host}: ${verdict.because}.`;
  const action = `Add the CAA record ${caa.name} 0 issue "${issuer}".`;
  const found = caa.records.map(
    ({ critical, tag, value }) => `${critical ? 128 : 0} ${tag} "${value}"`,
  );
  return {
    status: 'forbids',
    findings: [finding('CAA_FORBIDS', message, { expected, found, action })],
  };
}
