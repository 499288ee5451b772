import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { Db } from '@platform/database';
import { Secrets } from '@platform/secrets';
import { makeCertificateRequest } from '../acme/certificate-request';
import type { HostnameRow } from '../hostname.entity';
import { changeHostname, isUniqueViolation } from '../machine/change-hostname';
import type { Situation } from '../machine/next-task';
import { after, pollDelayMs } from '../machine/timing';
import { Authority } from './authority.service';
import { CertOrder } from './cert-order.entity';
import { OrderSteps, type Move } from './order-steps.service';
import { OrderFaults, type Work } from './order-faults.service';
import { changeOrder, failOrder } from './order-writes';
import { findPause, pauseScopes } from './pauses.queries';
import { orderKeySeal } from './seals';

const HOUR = 3_600_000;
/** The authority lets five validations of a name fail in an hour; two are kept in reserve. */
const MAX_FAILURES_PER_HOUR = 3;

/** The life of certificate orders: begun with a key that is safe, moved step by step, ended well or with a reason. */
@Injectable()
export class CertOrders {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Authority) private readonly authority: Authority,
    @Inject(OrderSteps) private readonly steps: OrderSteps,
    @Inject(OrderFaults) private readonly faults: OrderFaults,
  ) {}

  /** Stores a new order with its sealed key and request; the authority hears of it in the next step. */
  async begin(storeId: string, { hostname }: Situation): Promise<void> {
    if (await this.holdBack(storeId, hostname)) return;
    const names = [hostname.host];
    const { keyPem, csr } = await makeCertificateRequest(names);
    const id = newId();
    const order: Omit<CertOrder, 'storeId'> = {
      id,
      hostnameId: hostname.id,
      purpose: hostname.state === 'active' ? 'renew' : 'first',
      state: 'keyed',
      version: 1,
      names,
      keySealed: this.secrets.seal(keyPem, orderKeySeal(storeId, id)),
      csr,
      directoryUrl: this.authority.directoryUrl ?? '',
      orderUrl: null,
      attempts: 0,
      polls: 0,
      error: null,
      nextAt: null,
      createdAt: this.clock.now(),
      closedAt: null,
    };
    try {
      await this.db.write(storeId, (store) => store.rows(CertOrder).insert(order));
    } catch (error) {
      // Another worker began one at the same moment: that one goes on.
      if (!isUniqueViolation(error, 'cert_orders_one_open')) throw error;
    }
  }

  /** Moves the open order by one step. Throws `MovedMeanwhile`; faults of the authority are written down instead. */
  async step(storeId: string, situation: Situation, signal?: AbortSignal): Promise<void> {
    const { hostname, openOrder: order } = situation;
    if (!order) return;
    const work = { storeId, hostname, order };
    if (order.directoryUrl !== this.authority.directoryUrl) return this.faults.abandon(work, null);
    if (order.state === 'keyed' && (await this.waitForPause(work))) return;
    try {
      await this.apply(work, await this.steps.move(storeId, hostname, order, signal));
    } catch (error) {
      await this.faults.handle(work, error);
    }
  }

  /** After three failures in an hour the next order waits, whatever woke us. */
  private holdBack(storeId: string, hostname: HostnameRow): Promise<boolean> {
    const now = this.clock.now();
    return this.db.write(storeId, async (store) => {
      const [row] = await store.query<{ n: number; oldest: Date | null }>(
        `SELECT count(*)::int AS n, min(closed_at) AS oldest FROM cert_orders
         WHERE store_id = $1 AND hostname_id = $2 AND state = 'failed' AND closed_at > $3`,
        [storeId, hostname.id, after(now, -HOUR)],
      );
      if (!row?.oldest || row.n < MAX_FAILURES_PER_HOUR) return false;
      const state = hostname.state === 'issuing' ? 'verified' : hostname.state;
      await changeHostname(store, hostname, { state, issueAfter: after(row.oldest, HOUR) });
      return true;
    });
  }

  private async waitForPause({ storeId, hostname, order }: Work): Promise<boolean> {
    const scopes = pauseScopes(order.directoryUrl, hostname.registrable, hostname.host);
    const until = await this.db.outsideStores((tx) => findPause(tx, scopes, this.clock.now()));
    if (until === null) return false;
    await this.db.write(storeId, (store) => changeOrder(store, order, { nextAt: until }));
    return true;
  }

  private async apply({ storeId, hostname, order }: Work, move: Move): Promise<void> {
    const now = this.clock.now();
    if (move.to === 'done') return;
    if (move.to === 'failed') {
      const end = { kind: move.kind, now, problem: { ...move.problem, at: now.toISOString() } };
      await this.db.write(storeId, (store) => failOrder(store, hostname, order, end));
      return;
    }
    const patch =
      move.to === 'wait'
        ? { polls: order.polls + 1, nextAt: after(now, pollDelayMs(order.polls, move.until, now)) }
        : { ...move.patch, nextAt: null };
    await this.db.write(storeId, (store) => changeOrder(store, order, { ...patch, attempts: 0 }));
  }
}
