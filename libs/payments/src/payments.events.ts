import { z } from 'zod';
import { defineEvent } from '@platform/outbox';

const payment = {
  paymentId: z.uuid(),
  checkoutId: z.uuid(),
  orderId: z.uuid().nullable(),
};

/** Something is known of a payment that was not before: read the payment to see what. */
export const FactsChanged = defineEvent('payments.facts-changed', {
  version: 1,
  payload: z.object(payment),
});

/** What was wanted of a provider was refused, and will not be tried again by itself when `last`. */
export const OperationFailed = defineEvent('payments.operation-failed', {
  version: 1,
  payload: z.object({
    ...payment,
    operationId: z.uuid(),
    kind: z.enum(['capture', 'cancel', 'refund']),
    key: z.string(),
    /** The provider's code. */
    reason: z.string(),
    last: z.boolean(),
  }),
});

/**
 * A provider holds another amount or currency than was asked for. It makes no order and goes back by itself; somebody
 * has to find out why.
 */
export const PaymentMismatched = defineEvent('payments.payment-mismatched', {
  version: 1,
  payload: z.object({ ...payment, amountMinor: z.int(), currency: z.string() }),
});

/**
 * The provider stands by what is authorized of an order's payment for a day yet, or less: capture it, or let it go.
 */
export const AuthorizationAgeing = defineEvent('payments.authorization-ageing', {
  version: 1,
  payload: z.object({
    ...payment,
    orderId: z.uuid(),
    amountMinor: z.int(),
    currency: z.string(),
    dueAt: z.iso.datetime(),
  }),
});

/** A shopper disputes a payment at the bank, or that dispute moved on. */
export const DisputeChanged = defineEvent('payments.dispute-changed', {
  version: 1,
  payload: z.object({
    ...payment,
    disputeId: z.string(),
    status: z.string(),
    opened: z.boolean().default(false),
  }),
});

/** What of a payment needs somebody's eyes; one name at the door. */
export const paymentAlarms = {
  OperationFailed,
  DisputeChanged,
  PaymentMismatched,
  AuthorizationAgeing,
} as const;
