import type { DnsRecord, HostnameView } from './contract';
import { v4 } from './dns/diagnose-routing';
import { TXT_LABEL } from './dns/observe';
import { HELD, type HostnameRow } from './hostname.entity';
import type { Situation } from './machine/next-task';

/** Where this platform is reached, as records must name it. */
export interface Edge {
  edgeZone: string;
  addresses: readonly string[];
}

/** A hostname as merchants see it; `situation` as it was read, `now` to tell an expired certificate. */
export function viewHostname(situation: Situation, edge: Edge, now: Date): HostnameView {
  const { hostname } = situation;
  return {
    id: hostname.id,
    hostname: hostname.host,
    unicode: hostname.unicode,
    state: hostname.state,
    ownership: {
      status: ownershipStatus(hostname),
      method: hostname.proof,
      verifiedAt: hostname.provedAt?.toISOString() ?? null,
    },
    routing: { status: hostname.routing, checkedAt: hostname.checkedAt?.toISOString() ?? null },
    certificate: viewCertificate(situation, now),
    records: wantedRecords(hostname, edge),
    findings: hostname.findings,
    primary: hostname.primary,
    nextCheckAt: hostname.checkAt?.toISOString() ?? null,
    createdAt: hostname.createdAt.toISOString(),
  };
}

/**
 * The records to set. A sub-domain's CNAME to the store's own target routes and proves at once, unless another store
 * knows the host (a check then asks for TXT); the top of a zone cannot be a CNAME and needs TXT.
 */
export function wantedRecords(hostname: HostnameRow, edge: Edge): DnsRecord[] {
  const { host, kind } = hostname;
  const contested = hostname.findings.some(
    (found) =>
      found.code === 'TXT_MISSING' && hostname.proof !== 'cname' && hostname.routing === 'ok',
  );
  const txt: DnsRecord = {
    type: 'TXT',
    name: `${TXT_LABEL}.${host}`,
    value: hostname.token,
    purpose: 'ownership',
    required: kind === 'apex' || contested,
  };
  const routing: DnsRecord[] =
    kind === 'apex'
      ? v4(edge.addresses).map((value) => route('A', host, value))
      : [route('CNAME', host, `${hostname.targetLabel}.${edge.edgeZone}`)];
  return [...routing, txt];
}

function route(type: 'A' | 'CNAME', name: string, value: string): DnsRecord {
  return { type, name, value, purpose: 'routing', required: true };
}

function ownershipStatus(hostname: HostnameRow): HostnameView['ownership']['status'] {
  if (hostname.state === 'conflict') return 'conflict';
  return HELD.includes(hostname.state) ? 'verified' : 'pending';
}

function viewCertificate(
  { hostname, openOrder, certificate }: Situation,
  now: Date,
): HostnameView['certificate'] {
  const waiting = openOrder?.nextAt ?? hostname.issueAfter;
  return {
    status: certificateStatus({ hostname, openOrder, certificate }, now),
    notAfter: certificate?.notAfter.toISOString() ?? null,
    issuer: certificate?.issuer ?? null,
    problem: openOrder?.error ?? hostname.lastError,
    retryAt: waiting !== null && waiting > now ? waiting.toISOString() : null,
  };
}

function certificateStatus(
  { hostname, openOrder, certificate }: Situation,
  now: Date,
): HostnameView['certificate']['status'] {
  if (certificate) return certificate.notAfter > now ? 'valid' : 'expired';
  if (hostname.state === 'blocked') return 'blocked';
  if (openOrder || hostname.state === 'issuing') return 'pending';
  return hostname.lastError ? 'failed' : 'none';
}
