import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Db } from '@platform/database';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import { WarnOfAge } from '../operations/warn-of-age.job';
import { AuthorizationAgeing } from '../payments.events';
import { ageing } from './sweep-ages.job';

/** Notes that somebody is warned of a payment and says so, in one transaction: once for each end. */
@Injectable()
@HandlesJob(WarnOfAge)
export class RunWarnOfAge implements JobHandler<typeof WarnOfAge> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async run(
    { paymentId }: z.output<typeof WarnOfAge.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, async (store) => {
      const [warned] = await store.query<{
        checkoutId: string;
        orderId: string;
        dueAt: Date;
        amountMinor: number;
        currency: string;
      }>(
        `UPDATE payments SET authorization_warned_at = now()
         WHERE store_id = $1 AND payment_id = $2 AND ${ageing}
         RETURNING checkout_id AS "checkoutId", order_id AS "orderId", authorization_due_at AS "dueAt",
           authorized_minor AS "amountMinor", currency`,
        [storeId, paymentId],
      );
      if (!warned) return;
      const { dueAt, ...rest } = warned;
      store.publish(AuthorizationAgeing, { paymentId, ...rest, dueAt: dueAt.toISOString() });
    });
  }
}
