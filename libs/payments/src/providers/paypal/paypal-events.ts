import { z } from 'zod';
import type { Fact } from '../../facts/fact';
import type { ProviderEvent } from '../payment-provider';
import { fromPayPalAmount } from './paypal-objects';

const amount = z.object({ currency_code: z.string(), value: z.string() });

const resource = z.looseObject({
  id: z.string().optional(),
  order_id: z.string().optional(),
  custom_id: z.string().optional(),
  amount: amount.optional(),
  create_time: z.string().optional(),
  purchase_units: z.array(z.looseObject({ custom_id: z.string().optional() })).optional(),
  supplementary_data: z
    .looseObject({ related_ids: z.looseObject({ order_id: z.string().optional() }).optional() })
    .optional(),
  dispute_id: z.string().optional(),
  status: z.string().optional(),
  reason: z.string().optional(),
  dispute_amount: amount.optional(),
  dispute_outcome: z.looseObject({ outcome_code: z.string().optional() }).optional(),
  seller_response_due_date: z.string().optional(),
  disputed_transactions: z
    .array(
      z.looseObject({
        custom: z.string().optional(),
        seller_transaction_id: z.string().optional(),
      }),
    )
    .optional(),
});

/** An event of PayPal's, with itself as it came: its signature is over that. */
export const paypalEvent = z
  .looseObject({ id: z.string(), event_type: z.string(), resource })
  .transform((event) => ({ ...event, raw: event as unknown }));

type PayPalEvent = z.output<typeof paypalEvent>;

/** Whose event it is and what it says; most only say that there is something to look up. */
export function eventFacts({
  id: eventId,
  event_type: type,
  resource: about,
}: PayPalEvent): ProviderEvent {
  const isOrder = type.startsWith('CHECKOUT.ORDER.');
  const [unit] = about.purchase_units ?? [];
  const [disputed] = about.disputed_transactions ?? [];
  const ref =
    (isOrder ? about.id : (about.order_id ?? about.supplementary_data?.related_ids?.order_id)) ??
    null;
  const paymentId = about.custom_id ?? unit?.custom_id ?? disputed?.custom ?? null;
  const facts = inside(type, about);
  return { eventId, type, paymentId, ref, facts, payload: { id: eventId, type, ref } };
}

function inside(type: string, about: PayPalEvent['resource']): Fact[] | 'fetch' {
  const at = about.create_time ?? new Date(0).toISOString();
  if (type === 'CHECKOUT.PAYMENT-APPROVAL.REVERSED') {
    const money = { amountMinor: 0, currency: 'XXX' };
    return [{ kind: 'auth', objectId: about.order_id ?? '', status: 'expired', money, at }];
  }
  if (type === 'PAYMENT.CAPTURE.REVERSED' && about.amount && about.id !== undefined) {
    const money = fromPayPalAmount(about.amount);
    const objectId = `reversal:${about.id}`;
    return [
      {
        kind: 'dispute',
        objectId,
        parentId: about.id,
        status: 'lost',
        money,
        at,
        reason: 'reversed',
      },
    ];
  }
  if (!type.startsWith('CUSTOMER.DISPUTE.') || !about.dispute_amount) return 'fetch';
  const dispute: Fact = {
    kind: 'dispute',
    objectId: about.dispute_id ?? '',
    parentId: about.disputed_transactions?.[0]?.seller_transaction_id,
    status: disputeStatus(about),
    money: fromPayPalAmount(about.dispute_amount),
    at,
    reason: about.reason?.toLowerCase(),
    dueAt: about.seller_response_due_date,
  };
  return [dispute];
}

function disputeStatus({ status, dispute_outcome }: PayPalEvent['resource']) {
  if (status !== 'RESOLVED') return status === 'UNDER_REVIEW' ? 'under_review' : 'open';
  const isWon = ['RESOLVED_SELLER_FAVOUR', 'CANCELED_BY_BUYER', 'DENIED'];
  return isWon.includes(dispute_outcome?.outcome_code ?? '') ? 'won' : 'lost';
}
