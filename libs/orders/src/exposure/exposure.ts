import type { Markets } from '@libs/catalog';
import { decimalOfRate, toBase } from '@libs/kernel';
import type { OpenAtRate } from './exposure-rows.queries';

type DayRates = Awaited<ReturnType<Markets['dayRates']>>;

/** An amount in a currency, and what it comes to in the store's: as it was booked, and today. Minor units. */
export interface Valued {
  amountMinor: number;
  bookedMinor: number;
  todayMinor: number;
}

/** What a store has open in a currency. */
export interface Exposure {
  currency: string;
  /** How many orders have something open. */
  orders: number;
  /** What the currency is worth today, by market, since several may sell in it. */
  rates: { marketId: string; rate: string; source: string; at: string }[];
  authorized: Valued;
  unshipped: Valued;
  refundable: Valued;
  refunding: Valued;
  /** In the store's currency: gained, or lost below 0, by refunds of the last 30 days. */
  refundResultMinor: number;
}

const kinds = ['authorized', 'unshipped', 'refundable', 'refunding'] as const;

/**
 * Sums what is open up by currency. What was sold at one rate is valued together, once at that rate and once at today's,
 * so that nothing is lost to rounding order by order. Where nobody says what a currency is worth today it is worth what
 * it was. Pure.
 */
export function exposureOf(rows: readonly OpenAtRate[], dayRates: DayRates): Exposure[] {
  const byCurrency = new Map<string, Exposure>();
  for (const row of rows) {
    const { currency, base, market, rate1e10 } = row;
    const one = byCurrency.get(currency) ?? nothingIn(currency);
    byCurrency.set(currency, one);
    const today = dayRates.get(market ?? '');
    if (today && market !== null && !one.rates.some(({ marketId }) => marketId === market)) {
      const { source, at } = today;
      one.rates.push({ marketId: market, rate: decimalOfRate(today.rate1e10), source, at });
    }
    for (const kind of kinds) {
      const amountMinor = row[`${kind}Minor`];
      const at = (rate: number) => toBase(amountMinor, { base, currency, rate1e10: rate });
      one[kind].amountMinor += amountMinor;
      one[kind].bookedMinor += at(rate1e10);
      one[kind].todayMinor += at(today?.rate1e10 ?? rate1e10);
    }
    one.orders += row.orders;
    one.refundResultMinor += row.refundResultMinor;
  }
  return [...byCurrency.values()];
}

function nothingIn(currency: string): Exposure {
  const nothing = () => ({ amountMinor: 0, bookedMinor: 0, todayMinor: 0 });
  return {
    currency,
    orders: 0,
    rates: [],
    authorized: nothing(),
    unshipped: nothing(),
    refundable: nothing(),
    refunding: nothing(),
    refundResultMinor: 0,
  };
}
