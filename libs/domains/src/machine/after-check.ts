import type { Diagnosis } from '../dns/diagnose';
import { HELD, type HostnameRow } from '../hostname.entity';
import { after, checkDelayMs, DAY } from './timing';

/** Claims that stay unproved this long are dropped; the merchant may ask again. */
const GIVE_UP_MS = 30 * DAY;

export interface CheckResult {
  patch: Partial<HostnameRow>;
  /** The proof was seen and the host is not held yet: try to take it. */
  takeHold: boolean;
}

/**
 * What a check changes: pure. "Could not ask" keeps routing, proof and state as they were; a proof that is gone takes
 * nothing away by itself.
 */
export function afterCheck(now: Date, hostname: HostnameRow, seen: Diagnosis): CheckResult {
  const held = HELD.includes(hostname.state);
  const proved = seen.proof === 'txt' || seen.proof === 'cname';
  const patch: Partial<HostnameRow> = {
    findings: seen.findings,
    checkedAt: now,
    checks: hostname.checks + 1,
    checkAt: after(now, spacing(hostname)),
  };
  if (seen.routing !== 'unknown') patch.routing = seen.routing;
  if (seen.caa !== 'unknown') patch.caa = seen.caa;
  if (seen.proof === 'txt' || seen.proof === 'cname') {
    patch.proof = seen.proof;
    patch.provedAt = now;
  }
  // The merchant mended something: no need to sit out the wait after a failed order.
  if (hostname.issueAfter !== null && improved(hostname, seen)) patch.issueAfter = null;
  if (!held && !proved && now.getTime() - hostname.createdAt.getTime() > GIVE_UP_MS) {
    patch.state = 'expired';
    patch.checkAt = null;
  }
  return { patch, takeHold: proved && !held };
}

function spacing({ state, checks }: HostnameRow): number {
  return state === 'active' || state === 'conflict' || state === 'blocked'
    ? DAY
    : checkDelayMs(checks);
}

function improved(hostname: HostnameRow, seen: Diagnosis): boolean {
  const blocking = (findings: HostnameRow['findings']) =>
    findings.filter((found) => found.blocking).length;
  return seen.routing === 'ok' && blocking(seen.findings) < blocking(hostname.findings);
}
