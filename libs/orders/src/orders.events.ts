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

/** A parcel is on its way. */
export const ParcelShipped = defineEvent('orders.parcel-shipped', {
  version: 1,
  payload: z.object({ orderId, fulfilmentId: z.uuid() }),
});
