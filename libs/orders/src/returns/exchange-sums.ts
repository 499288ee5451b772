import type { Balance } from '../money/balance';
import {
  planWorth,
  type RefundGround,
  type RefundPlan,
  type RefundWish,
} from '../refunds/plan-refund';
import type { Replacement } from './replacements';

/** Units that come back, and how what is sent instead is priced; null where nothing is. */
export interface ExchangedUnits {
  lineId: string;
  quantity: number;
  price: Replacement['price'] | null;
}

/** What an exchange comes to, minor units of the order's currency. */
export interface ExchangeSums {
  /** What the units that come back are worth: so much less is due. */
  creditMinor: number;
  /** The tax in it. */
  creditTaxMinor: number;
  /** What the order grows by the replacements, tax with it. */
  addedMinor: number;
  /** What is missing of the order's money afterwards. */
  owedMinor: number;
  /** What is given back at once. */
  refundMinor: number;
}

/** The same with the rows that it makes. */
export interface ExchangePlan extends ExchangeSums {
  plan: RefundPlan;
  freeMinor: number;
}

/**
 * Works an exchange out: what is taken off what is due, and what is owed or over then. Where everything is replaced for
 * what was paid, that is what the replacements cost, to the last unit of rounding: nobody is asked for a cent, or given
 * one. Pure; what is told beforehand and what is done are this same sum.
 * @param ground the order before the exchange, with its balance
 * @param addedMinor what the order grows by the replacements
 * @throws orders.line-not-found, orders.line-twice, orders.too-many-units
 */
export function planExchange(
  ground: RefundGround & { balance: Balance },
  { units, addedMinor }: { units: readonly ExchangedUnits[]; addedMinor: number },
): ExchangePlan {
  const lines = units.map(({ lineId, quantity }) => ({
    lineId,
    quantity,
    restock: 'no_restock' as const,
  }));
  const wish: RefundWish = { lines, charges: [], freeMinor: 0 };
  const worth = planWorth(ground, wish);
  const isEven = units.every(({ price }) => price === 'paid');
  const freeMinor = isEven ? addedMinor - worth.proposal.totalMinor : 0;
  const plan = freeMinor === 0 ? worth : planWorth(ground, { ...wish, freeMinor });
  const { totalMinor: creditMinor, taxMinor: creditTaxMinor } = plan.proposal;
  const { owedMinor, overMinor } = ground.balance;
  const openMinor = owedMinor - overMinor + addedMinor - creditMinor;
  const taken = ground.tenders.reduce((all, row) => all + row.paidMinor - row.refundedMinor, 0);
  return {
    creditMinor,
    creditTaxMinor,
    addedMinor,
    owedMinor: Math.max(0, openMinor),
    refundMinor: Math.max(0, Math.min(creditMinor - addedMinor, -openMinor, taken)),
    plan,
    freeMinor,
  };
}
