import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { OrderCancelled, OrderPlaced, ParcelShipped, RefundRecorded } from '@libs/orders';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { OrderMailer } from './order-mailer.service';

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
      return { name: 'shipped', items: parcel.lines, tracking: tracking || null, about: parcel.id };
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
      if (!refund) return null;
      return { name: 'refunded', amountMinor: refund.amountMinor, about: refund.id };
    });
  }
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
