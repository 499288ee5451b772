import type StripeApi from 'stripe';
import type { Fact } from '../../facts/fact';
import { fromProviderUnits } from '../exponents';
import type { ListedPayment } from '../payment-provider';

/** Under which names our ids stand in Stripe's metadata. */
export const metadataKeys = { payment: 'payment_id', operation: 'operation_key' } as const;

/**
 * What a PaymentIntent says. The intent is the authorization and the capture at once: it has at most one charge that
 * succeeds, and its own id is known from the first answer on.
 */
export function intentFacts(intent: StripeApi.PaymentIntent): Fact[] {
  const { status } = intent;
  if (status === 'requires_action') return [auth(intent, 'action_required')];
  if (status === 'requires_capture') return [auth(intent, 'authorized', intent.amount_capturable)];
  if (status === 'processing') return [capture(intent, 'pending', intent.amount)];
  if (status === 'succeeded') return captured(intent);
  if (status === 'canceled') {
    // Stripe cancels by itself what was authorized and not captured in time.
    return [auth(intent, intent.cancellation_reason === 'automatic' ? 'expired' : 'voided')];
  }
  const failed = intent.last_payment_error;
  if (!failed) return [];
  return [{ ...auth(intent, 'failed'), reason: failed.decline_code ?? failed.code ?? 'declined' }];
}

/** What Stripe's list says of an intent whose latest charge is expanded. */
export function listedIntent(intent: StripeApi.PaymentIntent): ListedPayment {
  const currency = intent.currency.toUpperCase();
  const charge = intent.latest_charge;
  const refunded = typeof charge === 'object' && charge !== null ? charge.amount_refunded : 0;
  const minor = (units: number) => fromProviderUnits('stripe', units, currency).amountMinor;
  return {
    ref: intent.id,
    paymentId: intent.metadata[metadataKeys.payment] ?? null,
    capturedMinor: intent.status === 'succeeded' ? minor(intent.amount_received) : 0,
    refundedMinor: minor(refunded),
  };
}

/** What a refund says, of the intent that it takes from. */
export function refundFact(refund: StripeApi.Refund): Fact {
  const status = { succeeded: 'succeeded', failed: 'failed', canceled: 'failed' } as const;
  return {
    kind: 'refund',
    objectId: refund.id,
    parentId: idOf(refund.payment_intent),
    status: status[refund.status as keyof typeof status] ?? 'pending',
    money: fromProviderUnits('stripe', refund.amount, refund.currency.toUpperCase()),
    at: moment(refund.created),
    reason: refund.failure_reason ?? undefined,
    operationKey: refund.metadata?.[metadataKeys.operation],
  };
}

const disputeStatuses: Readonly<Record<string, Extract<Fact, { kind: 'dispute' }>['status']>> = {
  warning_needs_response: 'warning',
  warning_under_review: 'warning',
  warning_closed: 'won',
  prevented: 'won',
  needs_response: 'open',
  under_review: 'under_review',
  won: 'won',
  lost: 'lost',
};

/** What a dispute says. */
export function disputeFact(dispute: StripeApi.Dispute): Fact {
  const due = dispute.evidence_details?.due_by;
  return {
    kind: 'dispute',
    objectId: dispute.id,
    parentId: idOf(dispute.payment_intent),
    status: disputeStatuses[dispute.status] ?? 'open',
    money: fromProviderUnits('stripe', dispute.amount, dispute.currency.toUpperCase()),
    at: moment(dispute.created),
    reason: dispute.reason,
    ...(due ? { dueAt: moment(due) } : {}),
  };
}

/** The id of an object that Stripe may have expanded. */
export function idOf(reference: string | { id: string } | null | undefined): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id;
}

function captured(intent: StripeApi.PaymentIntent): Fact[] {
  const whole = capture(intent, 'succeeded', intent.amount_received);
  // What was authorized and not captured has been let go.
  return intent.amount_received < intent.amount ? [whole, auth(intent, 'voided')] : [whole];
}

function auth(
  intent: StripeApi.PaymentIntent,
  status: Extract<Fact, { kind: 'auth' }>['status'],
  amount = intent.amount,
): Fact {
  const at = status === 'voided' || status === 'expired' ? intent.canceled_at : null;
  return {
    kind: 'auth',
    objectId: intent.id,
    status,
    money: fromProviderUnits('stripe', amount, intent.currency.toUpperCase()),
    at: moment(at ?? intent.created),
    ...endOf(intent),
  };
}

/** Until when the card's bank keeps the money, where Stripe was asked for the charge. */
function endOf({ latest_charge: charge }: StripeApi.PaymentIntent): { dueAt?: string } {
  if (typeof charge !== 'object' || charge === null) return {};
  const before = charge.payment_method_details?.card?.capture_before;
  return before ? { dueAt: moment(before) } : {};
}

function capture(
  intent: StripeApi.PaymentIntent,
  status: Extract<Fact, { kind: 'capture' }>['status'],
  amount: number,
): Fact {
  return {
    kind: 'capture',
    objectId: intent.id,
    ...(intent.capture_method === 'manual' ? { parentId: intent.id } : {}),
    status,
    money: fromProviderUnits('stripe', amount, intent.currency.toUpperCase()),
    at: moment(intent.created),
    operationKey: intent.metadata[metadataKeys.operation],
  };
}

/** @param seconds since the epoch */
function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
