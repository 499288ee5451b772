import { proposeRefund, type PaidTender, type RefundProposal, type TenderKind } from '@libs/kernel';
import { ordersErrors } from '../orders.errors';
import { refuseOver, unitsWanted } from '../orders/units-wanted';
import type { OrderChargeRow, OrderLineRow, OrderRow } from '../orders/order-rows.queries';
import { type CreditOwner, type RefundPart, splitRefund, type SplitWish } from './refund-tenders';
import { openUnits } from '../status/fulfilment-status';

/** What becomes of units that are refunded: back on the shelf after a return, kept there, or gone. */
export type Restock = 'return' | 'cancel' | 'no_restock';

/** Units of a line to be refunded. */
export interface RefundLineWish {
  lineId: string;
  quantity: number;
  restock: Restock;
  /** Where returned units are put; where they came from when left out. */
  locationId?: string | null;
}

/** What somebody wants to give back. */
export interface RefundWish {
  /** Where it goes; back to what paid, in the order that is proposed, when left out. */
  refundTo?: SplitWish['to'];
  /** How it is spread instead. */
  parts?: SplitWish['parts'];
  lines: readonly RefundLineWish[];
  /** Deliveries and fees by id, with the tax where prices contain it. */
  charges: readonly { chargeId: string; amountMinor: number }[];
  /** Beyond those: goodwill above 0, what is kept below 0. */
  freeMinor: number;
  /** Gives back what was paid beyond what is due, and nothing else. */
  overpaid?: boolean;
}

/** A refund worked out, with what it does to each line's units. */
export interface RefundPlan {
  proposal: RefundProposal;
  parts: RefundPart[];
  lines: (RefundLineWish & { line: OrderLineRow; unshipped: number })[];
}

/** The rows of an order that a refund is of. */
export interface RefundGround {
  order: Pick<OrderRow, 'currency' | 'taxIncluded'> & CreditOwner;
  lines: readonly OrderLineRow[];
  charges: readonly OrderChargeRow[];
  tenders: readonly PaidTender[];
  /** Which of them is given back to first. */
  tenderOrder: readonly TenderKind[];
}

/**
 * Works a refund out: amounts by the units' part of what was paid, tenders in their order, and how many units had not
 * been shipped. Pure.
 * @throws orders.line-not-found, orders.line-twice, orders.too-many-units, orders.charge-not-found, money.over-refund,
 * and what `splitRefund` throws
 */
export function planRefund(ground: RefundGround, wish: RefundWish): RefundPlan {
  const lines = unitsWanted(ground.lines, wish.lines).map((each) => ({
    ...each,
    unshipped: unshippedOf(each),
  }));
  refuseOver(lines, (line) => line.quantity - line.refundedUnits);
  for (const restock of ['cancel', 'return', 'no_restock'] as const) {
    const some = lines.filter((each) => each.restock === restock);
    refuseOver(some, (line) => most(line, restock));
  }
  const proposal = proposeRefund({
    currency: ground.order.currency,
    taxIncluded: ground.order.taxIncluded,
    lines: lines.map(({ line, quantity }) => ({
      id: line.id,
      paid: { quantity: line.quantity, amountMinor: line.totalMinor, taxMinor: line.taxMinor },
      refunded: {
        units: line.refundedUnits,
        amountMinor: line.refundedMinor,
        taxMinor: line.refundedTaxMinor,
      },
      units: quantity,
    })),
    charges: chargesOf(ground.charges, wish.charges),
    freeMinor: wish.freeMinor,
    tenders: ground.tenders,
    order: ground.tenderOrder,
  });
  const { refundTo: to, parts } = wish;
  return {
    proposal,
    parts: splitRefund(proposal, ground.tenders, { to, parts }, ground.order),
    lines,
  };
}

/** Everything that is left of an order: what a cancellation gives back. */
export function everythingLeft(ground: RefundGround): RefundWish {
  const { lines, charges, tenders } = ground;
  const wish: RefundWish = {
    lines: lines
      .filter((line) => line.refundedUnits < line.quantity)
      .map((line) => ({
        lineId: line.id,
        quantity: line.quantity - line.refundedUnits,
        restock: 'no_restock',
      })),
    charges: charges
      .filter((charge) => charge.refundedMinor < charge.totalMinor)
      .map((charge) => ({
        chargeId: charge.id,
        amountMinor: charge.totalMinor - charge.refundedMinor,
      })),
    freeMinor: 0,
  };
  const left = tenders.reduce((all, row) => all + row.paidMinor - row.refundedMinor, 0);
  const { totalMinor } = planWorth(ground, wish).proposal;
  return { ...wish, freeMinor: left - totalMinor };
}

/** What units and charges are worth, whatever was paid of it. */
export function planWorth(ground: RefundGround, wish: RefundWish): RefundPlan {
  const enough = { kind: 'provider' as const, id: '', paidMinor: 2 ** 52, refundedMinor: 0 };
  return planRefund({ ...ground, tenders: [enough] }, wish);
}

/** How many of a line's units may go back this way. */
function most(line: OrderLineRow, restock: Restock): number {
  if (restock === 'cancel') return openUnits(line);
  if (restock === 'return') return Math.min(line.shipped - line.restocked, closedLeft(line));
  return closedLeft(line) + openUnits(line);
}

/** Units without a price back yet that were shipped or taken out. */
function closedLeft(line: OrderLineRow): number {
  return line.shipped + line.removed - (line.refundedUnits - line.refundedUnshipped);
}

/** Units that will not be shipped any more because of this; what was shipped goes first when nothing comes back. */
function unshippedOf({
  line,
  quantity,
  restock,
}: {
  line: OrderLineRow;
  quantity: number;
  restock: Restock;
}): number {
  if (restock === 'cancel') return quantity;
  return restock === 'return' ? 0 : Math.max(0, quantity - closedLeft(line));
}

function chargesOf(charges: readonly OrderChargeRow[], wishes: RefundWish['charges']) {
  const byId = new Map(charges.map((charge) => [charge.id, charge]));
  return wishes.map(({ chargeId, amountMinor }, at) => {
    const charge = byId.get(chargeId);
    byId.delete(chargeId);
    const field = `charges.${at}.chargeId`;
    if (!charge) throw ordersErrors.error('charge-not-found', {}, { field });
    return {
      id: charge.id,
      paid: { amountMinor: charge.totalMinor, taxMinor: charge.taxMinor },
      refunded: { amountMinor: charge.refundedMinor, taxMinor: charge.refundedTaxMinor },
      amountMinor,
    };
  });
}
