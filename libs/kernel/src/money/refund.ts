import { moneyErrors } from './money.errors';
import { divide, type Grain, whole } from './rounding';

/** An amount with the tax in it or on it, and how many units it was paid for. */
export interface PaidUnits {
  quantity: number;
  amountMinor: number;
  taxMinor: number;
}

/** What went back of them already. */
export interface RefundedUnits {
  units: number;
  amountMinor: number;
  taxMinor: number;
}

/**
 * What the next units of a line are worth when they go back: the part of all that are back then, less what went back
 * before. The last unit closes to zero, whatever the order of the refunds and whatever was refunded freely between.
 * @param units how many go back now
 * @param grain the currency's, so that parts are multiples of its quantum
 * @returns the amount and the tax to refund, minor units
 * @throws money.bad-units
 */
export function partRefund(
  paid: PaidUnits,
  refunded: RefundedUnits,
  units: number,
  grain: Grain,
): { amountMinor: number; taxMinor: number } {
  const { quantity } = paid;
  const after = refunded.units + units;
  if (!Number.isSafeInteger(units) || units < 0 || after > quantity) {
    throw moneyErrors.error('bad-units', { quantity, returned: refunded.units, units });
  }
  const part = (total: number, before: number): number => {
    if (units === 0) return 0;
    const due = after === quantity ? total : share(total, after, quantity, grain);
    return Math.max(0, due - before);
  };
  return {
    amountMinor: part(paid.amountMinor, refunded.amountMinor),
    taxMinor: part(paid.taxMinor, refunded.taxMinor),
  };
}

/** What an order was paid with. */
export type TenderKind = 'provider' | 'store_credit' | 'gift_card';

/** A tender of an order, and what of it went back. */
export interface PaidTender {
  kind: TenderKind;
  /** The payment, credit account or gift card. */
  id: string;
  paidMinor: number;
  refundedMinor: number;
}

/** In which order tenders are given back, if the store does not choose another. */
export const refundOrder = [
  'provider',
  'store_credit',
  'gift_card',
] as const satisfies TenderKind[];

/**
 * Spreads a refund over what the order was paid with: the first kind to its end, then the next. Tenders of one kind go
 * in the order given.
 * @returns what goes back to each, zeros left out
 * @throws money.over-refund when it is more than is left, money.not-an-integer
 */
export function refundByTender(
  amountMinor: number,
  tenders: readonly PaidTender[],
  order: readonly TenderKind[] = refundOrder,
): { kind: TenderKind; id: string; amountMinor: number }[] {
  whole(amountMinor);
  let left = amountMinor;
  const back = [];
  for (const { kind, id, paidMinor, refundedMinor } of order.flatMap((kind) =>
    tenders.filter((tender) => tender.kind === kind),
  )) {
    const part = Math.min(left, paidMinor - refundedMinor);
    if (part > 0) back.push({ kind, id, amountMinor: part });
    left -= Math.max(0, part);
  }
  if (left !== 0 || amountMinor < 0) {
    throw moneyErrors.error('over-refund', { amount: amountMinor, left: amountMinor - left });
  }
  return back;
}

function share(total: number, units: number, quantity: number, grain: Grain): number {
  return divide(whole(total) * whole(units), whole(quantity), grain);
}
