import { moneyErrors } from './money.errors';
import {
  type PaidTender,
  type PaidUnits,
  partRefund,
  refundByTender,
  type RefundedUnits,
  type TenderKind,
} from './refund';
import { grainOf } from './rounding';

/** A line of an order with what went back of it, and how many units go back now. */
export interface ReturnedLine {
  id: string;
  paid: PaidUnits;
  refunded: RefundedUnits;
  units: number;
}

/** An amount that is not of units, such as shipping, with its tax, and how much of it goes back now. */
export interface ReturnedCharge {
  id: string;
  paid: Omit<PaidUnits, 'quantity'>;
  refunded: Omit<RefundedUnits, 'units'>;
  /** Like `paid.amountMinor`: with the tax where prices contain it. */
  amountMinor: number;
}

/** What is to go back of an order. */
export interface RefundWish {
  currency: string;
  taxIncluded: boolean;
  lines: readonly ReturnedLine[];
  charges: readonly ReturnedCharge[];
  /**
   * Given back beyond units and charges, without tax of its own, such as for goodwill; below 0 for what is kept, such
   * as a fee for the return or what was given freely before.
   */
  freeMinor: number;
  tenders: readonly PaidTender[];
  /** Another order of tenders than provider, store credit, gift card. */
  order?: readonly TenderKind[];
}

/** Amounts of a refund; `amountMinor` contains the tax where prices do. */
export interface RefundProposal {
  lines: { id: string; units: number; amountMinor: number; taxMinor: number }[];
  charges: { id: string; amountMinor: number; taxMinor: number }[];
  /** All that goes back, tax on top with it. */
  totalMinor: number;
  taxMinor: number;
  tenders: ReturnType<typeof refundByTender>;
}

/**
 * What a refund comes to: units by their part of what was paid, charges with their part of the tax, spread over the
 * tenders. Refunding every unit and charge, in whatever portions, comes to exactly what was paid.
 * @throws money.bad-units, money.over-refund
 */
export function proposeRefund(wish: RefundWish): RefundProposal {
  const grain = grainOf(wish.currency);
  const lines = wish.lines.map(({ id, paid, refunded, units }) => ({
    id,
    units,
    ...partRefund(paid, refunded, units, grain),
  }));
  const charges = wish.charges.map((charge) => chargeRefund(charge, wish.currency));
  const rows = [...lines, ...charges];
  const taxMinor = rows.reduce((all, row) => all + row.taxMinor, 0);
  const amountMinor = rows.reduce((all, row) => all + row.amountMinor, wish.freeMinor);
  const totalMinor = amountMinor + (wish.taxIncluded ? 0 : taxMinor);
  const tenders = refundByTender(totalMinor, wish.tenders, wish.order);
  return { lines, charges, totalMinor, taxMinor, tenders };
}

/** The part of a charge as if it were of so many units as it has minor units, so that the tax closes to zero too. */
function chargeRefund(
  { id, paid, refunded, amountMinor }: ReturnedCharge,
  currency: string,
): { id: string; amountMinor: number; taxMinor: number } {
  const left = paid.amountMinor - refunded.amountMinor;
  if (amountMinor < 0 || amountMinor > left) {
    throw moneyErrors.error('over-refund', { amount: amountMinor, left });
  }
  const { taxMinor } = partRefund(
    { ...paid, quantity: paid.amountMinor },
    { ...refunded, units: refunded.amountMinor },
    amountMinor,
    grainOf(currency),
  );
  return { id, amountMinor, taxMinor };
}
