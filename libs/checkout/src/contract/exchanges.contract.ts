import { z } from 'zod';
import { paymentLink } from './draft-orders.contract';

export const exchangeInput = z
  .object({
    /** Where what is left over goes: back to what paid, or to the customer's store credit. */
    refundTo: z.enum(['original', 'store_credit']).default('original'),
    /** Whether the shopper gets the link by which a difference is paid. */
    notify: z.boolean().default(true),
  })
  .meta({ id: 'OrderExchangeInput' });

/** What an exchange came to. */
export const exchange = z
  .object({
    /** Of the return. */
    id: z.uuid(),
    orderId: z.uuid(),
    currency: z.string(),
    /** What is missing of the order's money now, and what is too much of it. */
    owedMinor: z.int(),
    overMinor: z.int(),
    /** By which the difference is paid; null where there is none. */
    paymentLink: paymentLink.nullable(),
  })
  .meta({ id: 'OrderExchange' });
