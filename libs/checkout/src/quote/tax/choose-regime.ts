import { hasRates, ratesAt, type Place, type RateRow } from './rate-table';
import type { ImportLimit, RatesByCategory, TaxRegime } from './terms';

/** Where and since when the store is registered; dates are `YYYY-MM-DD`, `to` is the first day without it. */
export interface TaxRegistration {
  country: string;
  /** A state or province; null is the whole country. */
  region: string | null;
  /** `local` in the country itself, `oss` for sales between member states. */
  scheme: 'local' | 'oss';
  number: string;
  from: string;
  to: string | null;
}

/** A scheme under which the tax of an import is charged at checkout, with the store's number under it. */
export interface ImportScheme extends Omit<ImportLimit, 'dutyPaid'> {
  /** Such as `ioss` or `uk_import`. */
  name: string;
  countries: readonly string[];
  registration: string;
}

/** What decides which taxes a sale bears, amounts aside. */
export interface TaxSituation {
  /** The day of the sale, `YYYY-MM-DD`. */
  on: string;
  /** Where the goods are sent from. */
  origin: Place;
  destination: Place;
  /** Members of the European Union by ISO 3166 code. */
  memberStates: readonly string[];
  registrations: readonly TaxRegistration[];
  schemes: readonly ImportScheme[];
  rates: readonly RateRow[];
  /** The buyer's VAT number as it was checked; one that could not be checked is no number. */
  buyer: { country: string; check: 'valid' | 'invalid' | 'unreachable' } | null;
  /** Whether the merchant pays what is charged on delivery. */
  dutyPaid: boolean;
  /** Somebody else says the rates of the destination: the table need not have any. */
  served?: boolean;
  /** The tax categories of the lines. */
  categories: readonly string[];
}

/**
 * Which taxes a sale bears: those of the own country, of the destination (OSS, or a registration there), of the origin
 * while there is no OSS registration, none for reverse charge and exports, or those of an import scheme up to its limit.
 */
export function chooseRegime(situation: TaxSituation): TaxRegime {
  const { origin, destination, dutyPaid } = situation;
  const home = registeredIn(situation, origin);
  if (origin.country === destination.country) {
    const there = registeredIn(situation, destination);
    return there
      ? taxedAt(situation, destination, 'domestic', there.number)
      : untaxed('unregistered');
  }
  if (isMember(situation, origin) && isMember(situation, destination)) {
    return withinUnion(situation, home?.number ?? null);
  }
  const scheme = situation.schemes.find(({ countries }) => countries.includes(destination.country));
  if (scheme) {
    const regime = taxedAt(situation, destination, scheme.name, scheme.registration);
    return { ...regime, importLimit: { ...scheme, dutyPaid } };
  }
  const abroad = registeredIn(situation, destination);
  if (abroad) return taxedAt(situation, destination, 'domestic', abroad.number);
  const notice = dutyPaid ? 'delivered_duty_paid' : 'import_charges_on_delivery';
  return { ...untaxed('export'), notice };
}

function withinUnion(situation: TaxSituation, homeNumber: string | null): TaxRegime {
  const { origin, destination, buyer, registrations } = situation;
  if (buyer?.check === 'valid' && buyer.country !== origin.country && isMember(situation, buyer)) {
    return { ...untaxed('reverse_charge'), notice: 'reverse_charge', registration: homeNumber };
  }
  const there = registeredIn(situation, destination);
  if (there) return taxedAt(situation, destination, 'domestic', there.number);
  const oss = registrations.find((one) => one.scheme === 'oss' && runs(one, situation.on));
  if (oss) return taxedAt(situation, destination, 'oss', oss.number);
  return homeNumber === null
    ? untaxed('unregistered')
    : taxedAt(situation, origin, 'origin', homeNumber);
}

function registeredIn(
  { registrations, on }: TaxSituation,
  { country, region }: Place,
): TaxRegistration | undefined {
  return registrations.find(
    (one) =>
      one.scheme === 'local' &&
      one.country === country &&
      (one.region === null || one.region === region) &&
      runs(one, on),
  );
}

function taxedAt(
  { rates, categories, on, served = false, destination }: TaxSituation,
  place: Place,
  scheme: string,
  registration: string,
): TaxRegime {
  const known = !served || place !== destination || hasRates(rates, place, on);
  const byCategory: RatesByCategory = Object.fromEntries(
    categories.map((category) => [category, known ? ratesAt(rates, place, category, on) : []]),
  );
  return { scheme, registration, rates: byCategory, taxed: true, importLimit: null, notice: null };
}

function untaxed(scheme: string): TaxRegime {
  return { scheme, registration: null, rates: {}, taxed: false, importLimit: null, notice: null };
}

function isMember({ memberStates }: TaxSituation, { country }: { country: string }): boolean {
  return memberStates.includes(country);
}

function runs({ from, to }: { from: string; to: string | null }, on: string): boolean {
  return from <= on && (to === null || on < to);
}
