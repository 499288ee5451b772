import type { CertOrder } from '../certificates/cert-order.entity';
import type { Certificate } from '../certificates/certificate.entity';
import type { HostnameRow, HostnameState } from '../hostname.entity';
import { after, DAY, earliest } from './timing';

/** All that the machine knows of one hostname at one moment. */
export interface Situation {
  hostname: HostnameRow;
  openOrder: CertOrder | null;
  certificate: Certificate | null;
}

export type Task =
  | { do: 'check' | 'issue' | 'begin-order' | 'step-order' | 'release' | 'shred-keys' }
  | { do: 'wait'; until: Date | null };

/** A released hostname's keys are kept sealed this long, in case of a mistake. */
const KEEP_KEYS_MS = 7 * DAY;

/** Decides the one next thing to do for a hostname: pure. `hasAuthority`: a certificate authority is configured. */
export function nextTask(now: Date, situation: Situation, hasAuthority: boolean): Task {
  const { hostname } = situation;
  const resting = (): Task => dueCheck(now, hostname) ?? { do: 'wait', until: hostname.checkAt };
  const byState: Record<HostnameState, () => Task> = {
    awaiting_dns: resting,
    conflict: resting,
    blocked: resting,
    expired: () => ({ do: 'wait', until: null }),
    verified: () => verifiedTask(now, hostname, hasAuthority),
    issuing: () => issuingTask(now, situation, hasAuthority),
    active: () => activeTask(now, situation, hasAuthority),
    releasing: () => ({ do: 'release' }),
    released: () => afterRelease(now, hostname),
  };
  return byState[hostname.state]();
}

function dueCheck(now: Date, { checkAt }: HostnameRow): Task | null {
  return checkAt !== null && checkAt <= now ? { do: 'check' } : null;
}

function verifiedTask(now: Date, hostname: HostnameRow, hasAuthority: boolean): Task {
  const check = dueCheck(now, hostname);
  if (check) return check;
  const ready = hasAuthority && hostname.routing === 'ok' && hostname.caa === 'allows';
  if (!ready) return { do: 'wait', until: hostname.checkAt };
  const { issueAfter } = hostname;
  if (issueAfter === null || issueAfter <= now) return { do: 'issue' };
  return { do: 'wait', until: earliest(hostname.checkAt, issueAfter) };
}

function issuingTask(now: Date, situation: Situation, hasAuthority: boolean): Task {
  if (!hasAuthority) return { do: 'wait', until: situation.hostname.checkAt };
  return orderTask(now, situation) ?? { do: 'begin-order' };
}

function activeTask(now: Date, situation: Situation, hasAuthority: boolean): Task {
  const { hostname, certificate } = situation;
  const order = hasAuthority ? orderTask(now, situation) : null;
  if (order?.do === 'step-order') return order;
  const check = dueCheck(now, hostname);
  if (check) return check;
  if (order?.do === 'wait') return { do: 'wait', until: earliest(order.until, hostname.checkAt) };
  // A name that leads elsewhere cannot be validated: renewing would only burn the authority's patience.
  if (!certificate || !hasAuthority || hostname.routing === 'wrong') {
    return { do: 'wait', until: hostname.checkAt };
  }
  const { issueAfter } = hostname;
  const renewal = issueAfter && issueAfter > certificate.renewAt ? issueAfter : certificate.renewAt;
  if (renewal <= now) return { do: 'begin-order' };
  return { do: 'wait', until: earliest(hostname.checkAt, renewal) };
}

function orderTask(now: Date, { openOrder }: Situation): Task | null {
  if (!openOrder) return null;
  const { nextAt } = openOrder;
  return nextAt === null || nextAt <= now ? { do: 'step-order' } : { do: 'wait', until: nextAt };
}

function afterRelease(now: Date, { releasedAt, certificateId }: HostnameRow): Task {
  if (releasedAt === null || certificateId === null) return { do: 'wait', until: null };
  const due = after(releasedAt, KEEP_KEYS_MS);
  return due <= now ? { do: 'shred-keys' } : { do: 'wait', until: due };
}
