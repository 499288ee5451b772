import { z } from 'zod';
import { defineEvent } from '@platform/outbox';

const orderId = z.uuid();

/** An order was placed; its number is taken and the shopper may know it. */
export const OrderPlaced = defineEvent('orders.order-placed', {
  version: 1,
  payload: z.object({ orderId, checkoutId: z.uuid(), test: z.boolean() }),
});

/** All that is due was received. */
export const OrderPaid = defineEvent('orders.order-paid', {
  version: 1,
  payload: z.object({ orderId }),
});

/** A provider refused for good to take the money of an order. */
export const CaptureFailed = defineEvent('orders.capture-failed', {
  version: 1,
  payload: z.object({ orderId }),
});

/** An order was changed after it was placed; `revision` counts its changes. */
export const OrderEdited = defineEvent('orders.order-edited', {
  version: 1,
  payload: z.object({ orderId, revision: z.int(), notify: z.boolean() }),
});

/** An order was cancelled before anything of it was shipped. */
export const OrderCancelled = defineEvent('orders.order-cancelled', {
  version: 1,
  payload: z.object({ orderId, checkoutId: z.uuid(), reason: z.string() }),
});

/** A refund was decided; its money is on the way. */
export const RefundRecorded = defineEvent('orders.refund-recorded', {
  version: 1,
  payload: z.object({ orderId, refundId: z.uuid() }),
});

/** The money of a refund is back. */
export const RefundArrived = defineEvent('orders.refund-arrived', {
  version: 1,
  payload: z.object({ orderId, refundId: z.uuid() }),
});

/**
 * Gift cards that an order bought for nobody but its buyer were issued; their codes stand in no event. `sending` tells a
 * mail that staff ask for from the first one.
 */
export const GiftCardsIssued = defineEvent('orders.gift-cards-issued', {
  version: 1,
  payload: z.object({
    orderId,
    accountIds: z.array(z.uuid()),
    sending: z.string().optional(),
  }),
});

/**
 * Gift cards of one line are mailed to their recipient; `sending` tells one such mail from another. Whether the buyer is
 * told too.
 */
export const GiftCardsSent = defineEvent('orders.gift-cards-sent', {
  version: 1,
  payload: z.object({
    orderId,
    lineId: z.uuid(),
    accountIds: z.array(z.uuid()),
    sending: z.string(),
    tellBuyer: z.boolean(),
  }),
});

/** An invoice or a credit note was issued. */
export const DocumentIssued = defineEvent('orders.document-issued', {
  version: 1,
  payload: z.object({ orderId, documentId: z.uuid(), kind: z.enum(['invoice', 'credit_note']) }),
});

/** A parcel is on its way. */
export const ParcelShipped = defineEvent('orders.parcel-shipped', {
  version: 1,
  payload: z.object({ orderId, fulfilmentId: z.uuid() }),
});

/** A return was asked for, decided on, or moved on. */
export const ReturnChanged = defineEvent('orders.return-changed', {
  version: 1,
  payload: z.object({
    orderId,
    returnId: z.uuid(),
    state: z.enum([
      'requested',
      'approved',
      'declined',
      'received',
      'refunded',
      'exchanged',
      'closed',
    ]),
  }),
});

const withdrawalId = z.uuid();

/** Somebody declared that they withdraw from a contract; what it means for which order is not known yet. */
export const WithdrawalReceived = defineEvent('orders.withdrawal-received', {
  version: 1,
  payload: z.object({ withdrawalId }),
});

/** The store answered that a withdrawal has no effect. */
export const WithdrawalRejected = defineEvent('orders.withdrawal-rejected', {
  version: 1,
  payload: z.object({ withdrawalId }),
});
