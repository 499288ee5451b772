import { currencyExponent } from './currency';
import { moneyErrors } from './money.errors';
import { divide, type Grain, grainOf, whole } from './rounding';

/** What one unit of the base currency is worth in another. */
export interface ExchangeRate {
  base: string;
  currency: string;
  /** Units of `currency` for one unit of `base`, in ten-thousand-millionths: 0.92 is 9,200,000,000. */
  rate1e10: number;
}

/**
 * What a price ends on: decimals (`.95` makes 18.67 to 18.95), or a multiple of so many whole units (10 makes 3086 yen
 * to 3090). `nearest` may go down, `up` never does; halfway is up.
 */
export interface PriceEnding {
  direction: 'nearest' | 'up';
  on: '.95' | '.99' | '.00' | number;
}

/** How prices of the base currency are shown in another. */
export interface PriceRule extends ExchangeRate {
  /** Added to the rate, in parts per million; may be negative. */
  markupPpm: number;
  ending: PriceEnding | null;
}

/**
 * An amount of the base currency in the other one, at the bare rate.
 * @param amountMinor minor units of `base`
 * @returns minor units of `currency`, rounded to its quantum
 * @throws money.bad-rate, currency.unknown
 */
export function fromBase(amountMinor: number, rate: ExchangeRate): number {
  const { over, under } = fraction(rate);
  return divide(whole(amountMinor) * over, under, grainOf(rate.currency));
}

/**
 * An amount of the other currency in the base currency: what is booked for an order or a refund.
 * @param amountMinor minor units of `currency`
 * @returns minor units of `base`, rounded to its quantum
 * @throws money.bad-rate, currency.unknown
 */
export function toBase(amountMinor: number, rate: ExchangeRate): number {
  const { over, under } = fraction(rate);
  return divide(whole(amountMinor) * under, over, grainOf(rate.base));
}

/**
 * A price of the base currency as a market shows it: rate, mark-up, ending, quantum, in this order. The ending looks at
 * the price rounded to minor units. A price above 0 stays above 0; one of 0 stays 0.
 * @throws money.bad-rate, money.bad-ppm, money.bad-ending, currency.unknown
 */
export function marketPrice(amountMinor: number, rule: PriceRule): number {
  const { markupPpm, currency, ending } = rule;
  if (!Number.isSafeInteger(markupPpm) || markupPpm <= -1_000_000) {
    throw moneyErrors.error('bad-ppm', { ppm: markupPpm, least: -999_999 });
  }
  const { over, under } = fraction(rule);
  const numerator = whole(amountMinor) * over * (1_000_000n + BigInt(markupPpm));
  const grain = grainOf(currency);
  const exact: Grain = ending === null ? grain : { ...grain, quantum: 1 };
  const raw = divide(numerator, under * 1_000_000n, exact);
  return ending === null || raw === 0 ? raw : endPrice(raw, ending, currency);
}

/**
 * What a refund at the rate of its day gained or lost, in the base currency: what was booked for the amount when it was
 * ordered less what it costs now. Negative is a loss.
 * @param amountMinor minor units of the presentment currency
 */
export function exchangeResult(
  amountMinor: number,
  ordered: ExchangeRate,
  now: ExchangeRate,
): { bookedMinor: number; costsMinor: number; resultMinor: number } {
  const bookedMinor = toBase(amountMinor, ordered);
  const costsMinor = toBase(amountMinor, now);
  return { bookedMinor, costsMinor, resultMinor: bookedMinor - costsMinor };
}

/** Minor units to minor units, so that both exponents are in it. */
function fraction({ base, currency, rate1e10 }: ExchangeRate): { over: bigint; under: bigint } {
  if (!Number.isSafeInteger(rate1e10) || rate1e10 <= 0) {
    throw moneyErrors.error('bad-rate', { rate: rate1e10 });
  }
  return {
    over: BigInt(rate1e10) * 10n ** BigInt(currencyExponent(currency)),
    under: 10_000_000_000n * 10n ** BigInt(currencyExponent(base)),
  };
}

function endPrice(raw: number, { direction, on }: PriceEnding, currency: string): number {
  const { step, offset } = endingSteps(on, currency);
  const below = Math.floor((raw - offset) / step) * step + offset;
  if (below === raw) return raw;
  const above = below + step;
  const mayFall = direction === 'nearest' && below > 0;
  return mayFall && raw - below < above - raw ? below : above;
}

/** Prices that end so are `n * step + offset`, in minor units. */
function endingSteps(on: PriceEnding['on'], currency: string): { step: number; offset: number } {
  const unit = 10 ** currencyExponent(currency);
  const step = typeof on === 'number' ? on * unit : unit;
  const offset = typeof on === 'number' ? 0 : (Number(on.slice(1)) * unit) / 100;
  const possible = Number.isSafeInteger(step) && step > 0 && Number.isInteger(offset);
  if (!possible) throw moneyErrors.error('bad-ending', { currency, ending: String(on) });
  return { step, offset };
}
