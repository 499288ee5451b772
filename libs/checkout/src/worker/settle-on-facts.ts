import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { FactsChanged } from '@libs/payments';
import { type EventHandler, HandlesEvent, type JobContext, RetryAt } from '@platform/outbox';
import { Settling } from '../checkouts/settling.service';

const againMs = 2_000;

/** Settles the checkout of a payment of which something new is known: an order needs no browser that comes back. */
@Injectable()
@HandlesEvent(FactsChanged)
export class SettleOnFacts implements EventHandler<typeof FactsChanged> {
  constructor(@Inject(Settling) private readonly settling: Settling) {}

  async handle(
    { checkoutId }: z.output<typeof FactsChanged.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) throw new Error('a payment always belongs to a store');
    const { kind } = await this.settling.settle(storeId, checkoutId);
    if (kind === 'busy')
      throw new RetryAt(new Date(Date.now() + againMs), 'the order counter is held');
  }
}
