import { currencyQuantum, memberStates, toBase } from '@libs/kernel';
import type { TaxRegistrationInput, TaxSettings } from '../contract';
import { type ImportScheme, type TaxSituation, chooseRegime } from '../quote/tax/choose-regime';
import { type Place, type RateRow, ratesAt } from '../quote/tax/rate-table';
import type { HomePrices, TaxRegime, TaxTerms, Treatment } from '../quote/tax/terms';
import { builtInRates } from './built-in-rates';

/** A registration as it is read for a quote. */
export type RegistrationFacts = Pick<
  TaxRegistrationInput,
  'scheme' | 'country' | 'region' | 'number' | 'from' | 'to'
> & { rate1e10: number | null };

/** What decides how a sale is taxed. */
export interface TaxQuestion {
  settings: Omit<TaxSettings, 'version'>;
  registrations: readonly RegistrationFacts[];
  /** The store's own rates; for their country and category they count instead of the built-in ones. */
  ownRates: readonly RateRow[];
  /** Where goods are sent from. */
  origin: Place;
  destination: Place;
  /** The categories of the lines. */
  categories: readonly string[];
  /** What the store sells in. */
  currency: string;
  /** The day of the sale, `YYYY-MM-DD`. */
  on: string;
  buyer: TaxSituation['buyer'];
  /** See `TaxSituation`. */
  served?: boolean;
}

const schemes = {
  ioss: { limitMinor: 15_000, currency: 'EUR', countries: memberStates },
  uk_import: { limitMinor: 13_500, currency: 'GBP', countries: ['GB'] },
} as const;

/** The currency in which a scheme's limit is; null for one that has none. */
export function schemeCurrency(scheme: TaxRegistrationInput['scheme']): string | null {
  return scheme === 'local' || scheme === 'oss' ? null : schemes[scheme].currency;
}

/** The flat duty on low-value imports into the Union, per tariff heading, and the day from which it is due. */
const lowValueDuty = { amountMinor: 300, currency: 'EUR', from: '2026-07-01' } as const;

/**
 * How a sale is taxed: the regime of its destination and what becomes of prices that contain the tax at home.
 * @throws quote.bad-input where the store is registered but no rate is known
 */
export function taxTerms(question: TaxQuestion): TaxTerms {
  const { settings, registrations, destination, on, origin, buyer, served = false } = question;
  const rates = ratesOf(question);
  const categories = [...new Set(['standard', ...question.categories])];
  const regime = chooseRegime({
    on,
    origin,
    destination,
    memberStates,
    registrations: registrations.flatMap(({ scheme, ...rest }) =>
      scheme === 'local' || scheme === 'oss' ? [{ ...rest, scheme }] : [],
    ),
    schemes: importSchemes(question),
    rates,
    buyer,
    served,
    dutyPaid: settings.dutyPaid,
    categories,
  });
  return {
    regime,
    included: settings.pricesIncludeTax,
    level: settings.level,
    rounding: settings.rounding,
    shipping: shippingTreatment(settings.shipping, regime),
    home: homePrices(question, rates, categories),
  };
}

/** Own rates first; a built-in one is left out where the store has its own for the country and category that day. */
export function ratesOf({ ownRates, on }: Pick<TaxQuestion, 'ownRates' | 'on'>): RateRow[] {
  const valid = ownRates.filter(({ from, to }) => from <= on && (to === null || on < to));
  const own = new Set(
    valid.filter(({ region }) => region === null).map((row) => `${row.country} ${row.category}`),
  );
  return [...valid, ...builtInRates.filter((row) => !own.has(`${row.country} ${row.category}`))];
}

function shippingTreatment(shipping: TaxSettings['shipping'], regime: TaxRegime): Treatment {
  if (shipping !== 'standard') return shipping;
  return regime.taxed ? (regime.rates['standard'] ?? 'none') : 'none';
}

/** Prices contain a tax only where the store is registered at home, and are changed only where they go elsewhere. */
function homePrices(
  { settings, registrations, origin, destination, on }: TaxQuestion,
  rates: readonly RateRow[],
  categories: readonly string[],
): HomePrices | null {
  const registered = registrations.some(
    (one) =>
      one.scheme === 'local' &&
      one.country === origin.country &&
      one.from <= on &&
      (one.to === null || on < one.to),
  );
  if (!settings.pricesIncludeTax || !registered || origin.country === destination.country)
    return null;
  return {
    rates: Object.fromEntries(
      categories.map((category) => [category, ratesAt(rates, origin, category, on)]),
    ),
    abroad: settings.abroad,
    untaxed: settings.untaxed,
  };
}

/** The import schemes under which the store may charge tax that day; none for goods that are there already. */
function importSchemes(question: TaxQuestion): ImportScheme[] {
  const { registrations, on, origin, currency, settings } = question;
  return registrations.flatMap((one): ImportScheme[] => {
    if (one.scheme === 'local' || one.scheme === 'oss') return [];
    if (one.from > on || (one.to !== null && on >= one.to)) return [];
    const { countries, ...limit } = schemes[one.scheme];
    if (countries.some((country) => country === origin.country)) return [];
    const rate1e10 = limit.currency === currency ? 1e10 : one.rate1e10;
    if (rate1e10 === null) return [];
    const duty = one.scheme === 'ioss' && on >= lowValueDuty.from;
    return [
      {
        ...limit,
        name: one.scheme,
        countries,
        registration: one.number,
        rate1e10,
        duty: duty
          ? { amountMinor: dutyIn(currency, rate1e10), payer: settings.lowValueDuty, tax: 'none' }
          : null,
      },
    ];
  });
}

function dutyIn(currency: string, rate1e10: number): number {
  if (currency === lowValueDuty.currency) return lowValueDuty.amountMinor;
  const exact = toBase(lowValueDuty.amountMinor, {
    base: currency,
    currency: lowValueDuty.currency,
    rate1e10,
  });
  return Math.max(exact, currencyQuantum(currency));
}
