import * as fc from 'fast-check';
import type { CertOrder } from '../certificates/cert-order.entity';
import type { Certificate } from '../certificates/certificate.entity';
import type { Diagnosis } from '../dns/diagnose';
import { finding } from '../dns/finding';
import type { HostnameRow } from '../hostname.entity';
import { afterCheck } from './after-check';
import { nextTask, type Situation } from './next-task';
import {
  after,
  checkDelayMs,
  DAY,
  failureDelayMs,
  pauseUntil,
  pollDelayMs,
  renewAt,
  transientDelayMs,
} from './timing';

const now = new Date('2026-11-21T12:00:00Z');
const past = after(now, -1);
const soon = after(now, 60_000);
const later = after(now, DAY);

function aHostname(more: Partial<HostnameRow> = {}): HostnameRow {
  const blank: Partial<HostnameRow> = {
    state: 'awaiting_dns',
    routing: 'unknown',
    caa: 'unknown',
    findings: [],
    checks: 0,
    checkAt: later,
    issueAfter: null,
    certificateId: null,
    releasedAt: null,
    createdAt: past,
  };
  return { ...blank, ...more } as HostnameRow;
}

function situation(more: Partial<HostnameRow>, rest: Partial<Situation> = {}): Situation {
  return { hostname: aHostname(more), openOrder: null, certificate: null, ...rest };
}

const anOrder = (nextAt: Date | null): CertOrder => ({ nextAt }) as CertOrder;
const aCertificate = (renewal: Date): Certificate => ({ renewAt: renewal }) as Certificate;
const ready = { routing: 'ok', caa: 'allows' } as const;

describe('nextTask', () => {
  it.each<[string, Situation, ReturnType<typeof nextTask>]>([
    ['a new claim', situation({ checkAt: past }), { do: 'check' }],
    ['a claim between checks', situation({ checkAt: soon }), { do: 'wait', until: soon }],
    ['an expired claim', situation({ state: 'expired' }), { do: 'wait', until: null }],
    ['a conflict', situation({ state: 'conflict', checkAt: past }), { do: 'check' }],
    ['verified and ready', situation({ state: 'verified', ...ready }), { do: 'issue' }],
    [
      'verified, not routed',
      situation({ state: 'verified', routing: 'wrong', caa: 'allows' }),
      { do: 'wait', until: later },
    ],
    [
      'verified, CAA forbids',
      situation({ state: 'verified', routing: 'ok', caa: 'forbids' }),
      { do: 'wait', until: later },
    ],
    [
      'verified, after a failure',
      situation({ state: 'verified', ...ready, issueAfter: soon }),
      { do: 'wait', until: soon },
    ],
    ['issuing without an order', situation({ state: 'issuing' }), { do: 'begin-order' }],
    [
      'issuing with a due order',
      situation({ state: 'issuing' }, { openOrder: anOrder(null) }),
      { do: 'step-order' },
    ],
    [
      'issuing, waiting for the authority',
      situation({ state: 'issuing' }, { openOrder: anOrder(soon) }),
      { do: 'wait', until: soon },
    ],
    [
      'active and well',
      situation({ state: 'active', ...ready }, { certificate: aCertificate(after(now, 9 * DAY)) }),
      { do: 'wait', until: later },
    ],
    [
      'active, renewal due',
      situation({ state: 'active', ...ready }, { certificate: aCertificate(past) }),
      { do: 'begin-order' },
    ],
    [
      'active, renewal due but led away',
      situation({ state: 'active', routing: 'wrong' }, { certificate: aCertificate(past) }),
      { do: 'wait', until: later },
    ],
    [
      'active, renewal failed before',
      situation(
        { state: 'active', ...ready, issueAfter: soon },
        { certificate: aCertificate(past) },
      ),
      { do: 'wait', until: soon },
    ],
    [
      'active, the renewal’s order is due before the check',
      situation({ state: 'active', checkAt: past }, { openOrder: anOrder(past) }),
      { do: 'step-order' },
    ],
    ['releasing', situation({ state: 'releasing' }), { do: 'release' }],
    [
      'released, keys still kept',
      situation({ state: 'released', releasedAt: now, certificateId: 'c' }),
      { do: 'wait', until: after(now, 7 * DAY) },
    ],
    [
      'released a week ago',
      situation({ state: 'released', releasedAt: after(now, -7 * DAY), certificateId: 'c' }),
      { do: 'shred-keys' },
    ],
  ])('%s', (_what, given, expected) => expect(nextTask(now, given, true)).toEqual(expected));

  it('orders nothing where no authority is configured', () => {
    expect(nextTask(now, situation({ state: 'verified', ...ready }), false).do).toBe('wait');
  });
});

describe('afterCheck', () => {
  const seen = (more: Partial<Diagnosis>): Diagnosis => ({
    routing: 'ok',
    proof: 'none',
    caa: 'allows',
    findings: [],
    ...more,
  });

  it('never changes a state when nobody could be asked', () => {
    const states = [
      'awaiting_dns',
      'conflict',
      'verified',
      'issuing',
      'active',
      'blocked',
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...states), (state) => {
        const before = aHostname({ state, routing: 'ok', caa: 'allows', proof: 'txt' });
        const unknown = seen({ routing: 'unknown', proof: 'unknown', caa: 'unknown' });
        const { patch, takeHold } = afterCheck(now, before, unknown);
        expect(takeHold).toBe(false);
        expect(Object.keys(patch).sort()).toEqual(['checkAt', 'checkedAt', 'checks', 'findings']);
      }),
    );
  });

  it('takes hold on a proof, once', () => {
    expect(afterCheck(now, aHostname(), seen({ proof: 'cname' }))).toMatchObject({
      takeHold: true,
      patch: { proof: 'cname', provedAt: now },
    });
    const active = aHostname({ state: 'active' });
    expect(afterCheck(now, active, seen({ proof: 'cname' })).takeHold).toBe(false);
  });

  it('drops a claim after thirty silent days, never a hold', () => {
    const old = { createdAt: after(now, -31 * DAY) };
    expect(afterCheck(now, aHostname(old), seen({})).patch).toMatchObject({
      state: 'expired',
      checkAt: null,
    });
    const held = aHostname({ ...old, state: 'verified' });
    expect(afterCheck(now, held, seen({})).patch.state).toBeUndefined();
  });

  it('forgets the wait after a failure when a fault was mended', () => {
    const waiting = aHostname({
      state: 'verified',
      issueAfter: later,
      findings: [finding('AAAA_CONFLICT', 'stray')],
    });
    expect(afterCheck(now, waiting, seen({})).patch.issueAfter).toBeNull();
    const same = { ...waiting, findings: [] };
    expect('issueAfter' in afterCheck(now, same, seen({})).patch).toBe(false);
  });
});

describe('timing', () => {
  it('spaces checks from a minute to four hours', () => {
    expect(checkDelayMs(0)).toBe(60_000);
    expect(checkDelayMs(1)).toBe(63_000);
    expect(checkDelayMs(10_000)).toBe(4 * 3_600_000);
  });

  it('waits after faults with jitter, at least a second', () => {
    expect([1, 2, 3, 99].map((n) => transientDelayMs(n, () => 1))).toEqual([
      5_000, 30_000, 120_000, 21_600_000,
    ]);
    expect(transientDelayMs(5, () => 0)).toBe(1_000);
  });

  it('waits after failed orders 1, 10, 100 minutes, then daily', () => {
    expect([1, 2, 3, 4, 50].map((n) => failureDelayMs(n) / 60_000)).toEqual([
      1, 10, 100, 1440, 1440,
    ]);
  });

  it('pauses for as long as it is told, within bounds', () => {
    const at = (ms: number | null, random: number) =>
      pauseUntil(ms === null ? null : after(now, ms), now, () => random).getTime() - now.getTime();
    expect(at(3_600_000, 0)).toBe(3_600_000);
    expect(at(3_600_000, 1)).toBe(3_960_000);
    expect(at(0, 0)).toBe(60_000);
    expect(at(99 * DAY, 0)).toBe(7 * DAY);
    expect(at(null, 0)).toBe(3_600_000);
  });

  it('polls slower and slower, never sooner than the authority asks', () => {
    expect([0, 1, 2, 9].map((polls) => pollDelayMs(polls, null, now))).toEqual([
      1_000, 2_000, 4_000, 60_000,
    ]);
    expect(pollDelayMs(0, after(now, 30_000), now)).toBe(30_000);
  });

  it('renews with a third of the lifetime left, half of a short one', () => {
    expect(renewAt(now, after(now, 90 * DAY), now)).toEqual(after(now, 60 * DAY));
    expect(renewAt(now, after(now, 6 * DAY), now)).toEqual(after(now, 3 * DAY));
    expect(renewAt(past, after(now, 60_000), now)).toEqual(after(now, 3_600_000));
  });
});
