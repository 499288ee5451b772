import { z } from 'zod';
import { defineEvent } from '@platform/outbox';

/** A customer asked for a mail that lets them in; its code is made when the mail is sent and is stored nowhere else. */
export const CustomerCodeRequested = defineEvent('customers.code-requested', {
  version: 1,
  payload: z.object({
    customerId: z.uuid(),
    purpose: z.enum(['sign_in', 'reset', 'activate']),
    /** The language that the shopper reads, and the origin of the storefront that the link leads to. */
    locale: z.string(),
    origin: z.url(),
  }),
});

/** Who owns a customer's e-mail address has proved it: what was bought with it may join the account. */
export const CustomerVerified = defineEvent('customers.customer-verified', {
  version: 1,
  payload: z.object({ customerId: z.uuid(), email: z.string() }),
});

/** A customer became known, or something of what the store knows of them changed. */
export const CustomerChanged = defineEvent('customers.customer-changed', {
  version: 1,
  payload: z.object({ customerId: z.uuid(), created: z.boolean() }),
});

/** A customer's own data is gone; what must be kept of orders has to become anonymous. */
export const CustomerErased = defineEvent('customers.customer-erased', {
  version: 1,
  payload: z.object({ customerId: z.uuid() }),
});
