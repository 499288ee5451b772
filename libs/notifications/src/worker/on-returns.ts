import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { afterSales } from '@libs/orders';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { OrderMailer } from './order-mailer.service';

const { ReturnChanged } = afterSales;

/** Tells how a return stands: asked for, to be sent, or declined and why. */
@Injectable()
@HandlesEvent(ReturnChanged)
export class MailReturnChanged implements EventHandler<typeof ReturnChanged> {
  constructor(@Inject(OrderMailer) private readonly mails: OrderMailer) {}

  async handle(
    { orderId, returnId, state }: z.output<typeof ReturnChanged.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    // Money that goes back has a mail of its own.
    if (storeId === null || state === 'closed' || state === 'received' || state === 'refunded')
      return;
    await this.mails.send(storeId, orderId, ({ returns }) => {
      const found = returns.find(({ id }) => id === returnId);
      if (!found) return null;
      return {
        name: `return_${state}` as const,
        items: found.lines,
        tracking: state === 'declined' ? found.declineReason : null,
        about: `${returnId}.${state}`,
      };
    });
  }
}
