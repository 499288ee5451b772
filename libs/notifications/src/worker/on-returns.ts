import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { afterSales, type Orders } from '@libs/orders';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { OrderMailer } from './order-mailer.service';

const { ReturnChanged } = afterSales;

type Return = Awaited<ReturnType<Orders['get']>>['returns'][number];

/** Tells how a return stands: asked for, to be sent, declined and why, or exchanged for what. */
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
      const isExchange = found.lines.some(({ replacement }) => replacement !== null);
      return {
        name: state === 'exchanged' ? state : nameOf(state, isExchange),
        items: state === 'exchanged' ? replacementsOf(found) : found.lines,
        tracking: state === 'declined' ? found.declineReason : null,
        about: `${returnId}.${state}`,
      };
    });
  }
}

function nameOf(state: 'requested' | 'approved' | 'declined', isExchange: boolean) {
  return state === 'approved' && isExchange ? 'exchange_approved' : (`return_${state}` as const);
}

/** What is sent instead, as lines of the order. */
function replacementsOf({ lines }: Return) {
  return lines.flatMap(({ received, damaged, replacement }) => {
    const lineId = replacement?.lineId;
    return lineId ? [{ lineId, quantity: received + damaged }] : [];
  });
}
