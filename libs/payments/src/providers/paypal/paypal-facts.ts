import type { Fact } from '../../facts/fact';
import { fromPayPalAmount, type PayPalMovement, type PayPalOrder } from './paypal-objects';

const authStatuses: Readonly<Record<string, Extract<Fact, { kind: 'auth' }>['status']>> = {
  CREATED: 'authorized',
  CAPTURED: 'authorized',
  PARTIALLY_CAPTURED: 'authorized',
  DENIED: 'failed',
  VOIDED: 'voided',
  EXPIRED: 'expired',
  PENDING: 'action_required',
};
const captureStatuses: Readonly<Record<string, Extract<Fact, { kind: 'capture' }>['status']>> = {
  COMPLETED: 'succeeded',
  PARTIALLY_REFUNDED: 'succeeded',
  REFUNDED: 'succeeded',
  PENDING: 'pending',
  DECLINED: 'failed',
  FAILED: 'failed',
};
const refundStatuses: Readonly<Record<string, Extract<Fact, { kind: 'refund' }>['status']>> = {
  COMPLETED: 'succeeded',
  PENDING: 'pending',
  FAILED: 'failed',
  CANCELLED: 'failed',
};

/** Everything that an order and its movements say. */
export function orderFacts(order: PayPalOrder): Fact[] {
  const made = order.purchase_units.flatMap(({ payments }) => [
    ...(payments?.authorizations ?? []).map((auth) => authFact(auth, payments?.captures)),
    ...(payments?.captures ?? []).map((capture) =>
      captureFact(capture, authOf(capture, payments?.authorizations)),
    ),
    ...(payments?.refunds ?? []).map((refund) => refundFact(refund)),
  ]);
  return [...orderFact(order), ...made];
}

/** What is known of an order before it has movements: that the shopper is at it, or that it is over. */
function orderFact({ id, status, create_time, purchase_units: [unit] }: PayPalOrder): Fact[] {
  if (!unit?.amount) return [];
  const about = {
    kind: 'auth',
    objectId: id,
    money: fromPayPalAmount(unit.amount),
    at: create_time ?? new Date(0).toISOString(),
  } as const;
  // Once movements exist, they tell: the order's own row must not look as if the shopper were still at it.
  if (status === 'VOIDED') return [{ ...about, status: 'voided' }];
  if (status === 'COMPLETED') return [{ ...about, status: 'expired' }];
  return status === 'PAYER_ACTION_REQUIRED' ? [{ ...about, status: 'action_required' }] : [];
}

/** What an authorization says: one that is captured and not whole has let the rest go. */
function authFact(auth: PayPalMovement, captures: readonly PayPalMovement[] = []): Fact {
  const status = authStatuses[auth.status] ?? 'action_required';
  const about = common(auth);
  const taken = captures
    .map((capture) => fromPayPalAmount(capture.amount).amountMinor)
    .reduce((sum, part) => sum + part, 0);
  const isPart = auth.status === 'CAPTURED' && taken < about.money.amountMinor;
  const end = auth.expiration_time === undefined ? {} : { dueAt: auth.expiration_time };
  return { kind: 'auth', objectId: auth.id, status: isPart ? 'voided' : status, ...about, ...end };
}

/** What a capture says. @param parentId its authorization, if it has one */
function captureFact(capture: PayPalMovement, parentId?: string): Fact {
  return {
    kind: 'capture',
    objectId: capture.id,
    parentId,
    status: captureStatuses[capture.status] ?? 'pending',
    operationKey: capture.invoice_id,
    ...common(capture),
  };
}

/** What a refund says. @param parentId its capture, when the answer does not link to it */
export function refundFact(refund: PayPalMovement, parentId?: string): Fact {
  return {
    kind: 'refund',
    objectId: refund.id,
    parentId: parentId ?? linked(refund, 'captures'),
    status: refundStatuses[refund.status] ?? 'pending',
    operationKey: refund.invoice_id,
    ...common(refund),
  };
}

function common({ amount, create_time, status_details }: PayPalMovement) {
  return {
    money: fromPayPalAmount(amount),
    at: create_time ?? new Date(0).toISOString(),
    ...(status_details?.reason === undefined ? {} : { reason: status_details.reason }),
  };
}

function authOf(
  capture: PayPalMovement,
  auths: readonly PayPalMovement[] = [],
): string | undefined {
  const up = linked(capture, 'authorizations');
  return up ?? (auths.length === 1 ? auths[0]?.id : undefined);
}

/** The id at the end of the link to what a movement belongs to. */
function linked({ links }: PayPalMovement, collection: string): string | undefined {
  const up = links.find(({ rel, href }) => rel === 'up' && href.includes(`/${collection}/`));
  return up?.href.split('/').at(-1);
}
