import type { Markets } from '@libs/catalog';
import { decimalOfRate, type ExchangeRate, toBase } from '@libs/kernel';
import type { StoreReader } from '@platform/database';
import type { OrderRow } from '../orders/order-rows.queries';
import type { GivenPart } from './give-back';

/** What a refund in another currency comes to in the store's own; amounts in minor units of that. */
export interface RefundExchange {
  /** Of the order, for one unit of the store's currency, in 1e-10. */
  rate1e10: number;
  /** What the amount was booked for when it was ordered. */
  bookedMinor: number;
  /** Of the day of the refund, who set it, and since when or of which day it is. */
  dayRate1e10: number;
  daySource: string;
  dayAt: string;
  /** What giving it back costs at the rate of the day. */
  costsMinor: number;
  /** Booked less costs: above 0 a gain, below a loss. */
  resultMinor: number;
}

/**
 * What a refund gains or loses against what was booked for its amount when it was ordered. Several refunds of an order
 * are booked so that they add up: all of it is what the order was booked for. What stays with the store as a gift card or
 * as credit is still owed in the currency that was paid in, so nothing is gained or lost on it yet.
 * @returns null where the order is in the store's own currency
 */
export async function exchangeOfRefund(
  { store, markets }: { store: StoreReader; markets: Pick<Markets, 'dayRates'> },
  { orderId, base, currency }: Pick<OrderRow, 'orderId' | 'base' | 'currency'>,
  amountMinor: number,
  parts: readonly GivenPart[],
): Promise<RefundExchange | null> {
  if (base.rate1e10 === null) return null;
  const ordered = { base: base.currency, currency, rate1e10: base.rate1e10 };
  const known = (await markets.dayRates(store)).get(base.market ?? '');
  const day = known ?? {
    rate1e10: base.rate1e10,
    source: base.source ?? 'order',
    at: base.at ?? '',
  };
  const before = await refundedSoFar(store, orderId);
  const movedMinor = parts
    .filter(({ kind, to }) => kind === 'provider' && to === 'original')
    .reduce((sum, part) => sum + part.amountMinor, 0);
  const amounts = exchangeAmounts(
    { amountMinor, movedMinor, before },
    { ordered, day: { ...ordered, rate1e10: day.rate1e10 } },
  );
  return {
    rate1e10: base.rate1e10,
    dayRate1e10: day.rate1e10,
    daySource: day.source,
    dayAt: day.at,
    ...amounts,
  };
}

/**
 * What was booked for a refund, what it costs, and the difference. Pure.
 * @param refund its amount, how much of that moves by a provider, and what was refunded before it
 */
export function exchangeAmounts(
  refund: {
    amountMinor: number;
    movedMinor: number;
    before: { amountMinor: number; bookedMinor: number };
  },
  { ordered, day }: { ordered: ExchangeRate; day: ExchangeRate },
): Pick<RefundExchange, 'bookedMinor' | 'costsMinor' | 'resultMinor'> {
  const { amountMinor, movedMinor, before } = refund;
  const bookedMinor = toBase(before.amountMinor + amountMinor, ordered) - before.bookedMinor;
  const bookedOfMoved = movedMinor === amountMinor ? bookedMinor : toBase(movedMinor, ordered);
  const resultMinor = bookedOfMoved - toBase(movedMinor, day);
  return { bookedMinor, costsMinor: bookedMinor - resultMinor, resultMinor };
}

/** The same as the API and the timeline tell it: rates as decimals. */
export function exchangeView({ rate1e10, dayRate1e10, ...rest }: RefundExchange) {
  return { rate: decimalOfRate(rate1e10), dayRate: decimalOfRate(dayRate1e10), ...rest };
}

/** What of an order is given back already or on its way, and what that was booked for in the store's currency. */
async function refundedSoFar(
  store: StoreReader,
  orderId: string,
): Promise<{ amountMinor: number; bookedMinor: number }> {
  const [row] = await store.query<{ amountMinor: number; bookedMinor: number }>(
    `SELECT coalesce(sum(amount_minor), 0)::bigint AS "amountMinor",
       coalesce(sum((exchange->>'bookedMinor')::bigint), 0)::bigint AS "bookedMinor"
     FROM refunds WHERE store_id = $1 AND order_id = $2 AND state <> 'failed' AND kind <> 'exchange'`,
    [store.storeId, orderId],
  );
  return row ?? { amountMinor: 0, bookedMinor: 0 };
}
