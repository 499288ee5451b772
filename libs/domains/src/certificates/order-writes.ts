import type { StoreWriter } from '@platform/database';
import type { FailureClass } from '../acme/failure-class';
import type { HostnameRow, OrderProblem } from '../hostname.entity';
import { changeHostname, MovedMeanwhile } from '../machine/change-hostname';
import { after, failureDelayMs } from '../machine/timing';
import { CertOrder } from './cert-order.entity';

const HOUR = 3_600_000;

/** Writes a change of an order against the version that was read. Throws `MovedMeanwhile`. */
export async function changeOrder(
  store: StoreWriter,
  before: CertOrder,
  patch: Partial<CertOrder>,
): Promise<void> {
  const { id, version } = before;
  const change = { ...patch, version: version + 1 };
  const touched = await store.rows(CertOrder).update({ id, version }, change);
  if (touched === 0) throw new MovedMeanwhile(`order ${id} is no longer at version ${version}`);
}

/** Withdraws the answers to an order's challenges. */
export async function dropChallenges(store: StoreWriter, orderId: string): Promise<void> {
  await store.execute('DELETE FROM acme_challenges WHERE order_id = $1', [orderId]);
}

/** What the end of an order is told by. */
export interface OrderEnd {
  problem: OrderProblem;
  kind: FailureClass;
  now: Date;
}

/**
 * Ends an order that failed: the next one waits 1, 10, 100 minutes, then a day (an hour when the fault is ours). What
 * the authority will never issue is blocked until somebody asks again. A served certificate goes on being served.
 */
export async function failOrder(
  store: StoreWriter,
  hostname: HostnameRow,
  order: CertOrder,
  { problem, kind, now }: OrderEnd,
): Promise<void> {
  await changeOrder(store, order, {
    state: 'failed',
    keySealed: null,
    error: problem,
    closedAt: now,
  });
  await dropChallenges(store, order.id);
  const failures = hostname.failures + 1;
  const wait = kind === 'ours' ? HOUR : failureDelayMs(failures);
  const patch: Partial<HostnameRow> = {
    failures,
    lastError: problem,
    issueAfter: after(now, wait),
    // The merchant can only mend what a fresh diagnosis shows.
    checkAt: now,
  };
  if (hostname.state === 'issuing') patch.state = kind === 'permanent' ? 'blocked' : 'verified';
  await changeHostname(store, hostname, patch);
}
