import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import {
  OrderCancelled,
  OrderEdited,
  OrderPlaced,
  type Orders,
  ParcelShipped,
  RefundRecorded,
} from '@libs/orders';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import type { RefundWay } from '../mails/refund-ways';
import { OrderMailer } from './order-mailer.service';

type RefundView = Awaited<ReturnType<Orders['get']>>['refunds'][number];

/** Confirms an order. */
@Injectable()
@HandlesEvent(OrderPlaced)
export class MailOrderConfirmed implements EventHandler<typeof OrderPlaced> {
  constructor(@Inject(OrderMailer) private readonly mails: OrderMailer) {}

  handle(
    { orderId }: z.output<typeof OrderPlaced.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    return this.mails.send(storeId as string, orderId, () => ({
      name: 'confirmed',
      about: 'confirmed',
    }));
  }
}

/** Tells what an order is after a change of it, unless staff chose not to. */
@Injectable()
@HandlesEvent(OrderEdited)
export class MailOrderEdited implements EventHandler<typeof OrderEdited> {
  constructor(@Inject(OrderMailer) private readonly mails: OrderMailer) {}

  handle(
    { orderId, revision, notify }: z.output<typeof OrderEdited.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    return this.mails.send(storeId as string, orderId, () =>
      notify ? { name: 'edited', about: `edited-${revision}` } : null,
    );
  }
}

/** Tells that a parcel left, and how it is followed, unless staff chose not to. */
@Injectable()
@HandlesEvent(ParcelShipped)
export class MailParcelShipped implements EventHandler<typeof ParcelShipped> {
  constructor(@Inject(OrderMailer) private readonly mails: OrderMailer) {}

  handle(
    { orderId, fulfilmentId }: z.output<typeof ParcelShipped.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    return this.mails.send(storeId as string, orderId, ({ parcels }) => {
      const parcel = parcels.find(({ id }) => id === fulfilmentId);
      if (!parcel?.notify) return null;
      const { carrier, trackingNumber, trackingUrl } = parcel;
      const tracking = [carrier, trackingNumber, trackingUrl].filter(Boolean).join(' ');
      const { id: about, lines: items } = parcel;
      return { name: 'shipped', items, tracking: tracking || null, trackingUrl, about };
    });
  }
}

/** Tells what goes back. */
@Injectable()
@HandlesEvent(RefundRecorded)
export class MailRefunded implements EventHandler<typeof RefundRecorded> {
  constructor(@Inject(OrderMailer) private readonly mails: OrderMailer) {}

  handle(
    { orderId, refundId }: z.output<typeof RefundRecorded.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    return this.mails.send(storeId as string, orderId, ({ refunds }) => {
      const refund = refunds.find(({ id }) => id === refundId);
      // No money moves by an exchange, which has a mail of its own.
      if (!refund || refund.kind === 'exchange') return null;
      const { amountMinor, id: about } = refund;
      return { name: 'refunded', amountMinor, back: waysOf(refund), about };
    });
  }
}

/** Parts of one way are one sum. */
function waysOf({ tenders }: RefundView): { way: RefundWay; amountMinor: number }[] {
  const sums = new Map<RefundWay, number>();
  for (const { kind, to, amountMinor } of tenders) {
    const way = to === 'store_credit' ? to : (kind as RefundWay);
    sums.set(way, (sums.get(way) ?? 0) + amountMinor);
  }
  return [...sums].map(([way, amountMinor]) => ({ way, amountMinor }));
}

/** Tells that an order will not be sent. */
@Injectable()
@HandlesEvent(OrderCancelled)
export class MailOrderCancelled implements EventHandler<typeof OrderCancelled> {
  constructor(@Inject(OrderMailer) private readonly mails: OrderMailer) {}

  handle(
    { orderId }: z.output<typeof OrderCancelled.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    return this.mails.send(storeId as string, orderId, () => ({
      name: 'cancelled',
      about: 'cancelled',
    }));
  }
}
