import { z } from 'zod';
import { defineEvent } from '@platform/outbox';

const payload = z.object({ checkoutId: z.uuid() });

/** A shopper began to check out. */
export const CheckoutStarted = defineEvent('checkout.started', { version: 1, payload });

/** A shopper's checkout changed: what they said, what it costs, or where it stands. Its end is told by itself. */
export const CheckoutUpdated = defineEvent('checkout.updated', { version: 1, payload });

/** A shopper asked to pay; stock is held. */
export const CheckoutPaying = defineEvent('checkout.paying', { version: 1, payload });

/** A checkout's time was over; what it held is free again. */
export const CheckoutExpired = defineEvent('checkout.expired', { version: 1, payload });

/** Money came for a checkout that was over, and what it was for can be kept no more: it goes back. */
export const MoneyCameLate = defineEvent('checkout.money-came-late', {
  version: 1,
  payload: z.object({ checkoutId: z.uuid(), paymentId: z.uuid() }),
});

/** Somebody is asked to pay what staff agreed on, or what a provider refused to take; the message is of staff. */
export const PaymentRequested = defineEvent('checkout.payment-requested', {
  version: 1,
  payload: z.object({
    checkoutId: z.uuid(),
    message: z.string().nullable(),
    refused: z.boolean().default(false),
  }),
});

/** A register knows a VAT number after all that could not be checked when the order was placed with VAT. */
export const VatNumberConfirmed = defineEvent('checkout.vat-number-confirmed', {
  version: 1,
  payload: z.object({ orderId: z.uuid() }),
});
