import { currencyQuantum } from '@libs/kernel';
import type { ShippingRateInput, ShippingZoneInput } from '../contract';
import { shippingErrors } from './shipping.errors';

/**
 * Refuses what the fields allow one by one but not together, and names the field.
 * @param currency the store's: prices must be multiples of its quantum
 * @throws shipping.bad-zone
 */
export function checkZone(
  { countries, rates, restOfWorld }: ShippingZoneInput,
  currency: string,
): void {
  if (countries.length === 0 && !restOfWorld) {
    refuse('countries', 'A zone has countries or is the rest of the world');
  }
  const seen = new Set<string>();
  countries.forEach(({ country }, at) => {
    if (seen.has(country)) refuse(`countries.${at}.country`, `${country} is named twice`);
    seen.add(country);
  });
  const ids = new Set<string>();
  rates.forEach((rate, at) => {
    if (rate.id !== undefined && ids.has(rate.id)) refuse(`rates.${at}.id`, 'A rate is named once');
    if (rate.id !== undefined) ids.add(rate.id);
    checkRate(rate, `rates.${at}`, currencyQuantum(currency));
  });
}

function checkRate({ by, steps, below }: ShippingRateInput, field: string, quantum: number): void {
  if (by === 'flat' && (steps.length > 1 || steps[0]?.from !== 0)) {
    refuse(`${field}.steps`, 'A flat rate has one step, from 0');
  }
  steps.forEach(({ from, priceMinor }, at) => {
    const before = steps[at - 1];
    if (before && from <= before.from)
      refuse(`${field}.steps.${at}.from`, 'Steps begin ever higher');
    if (priceMinor % quantum !== 0) {
      refuse(`${field}.steps.${at}.priceMinor`, `Prices are multiples of ${quantum}`);
    }
  });
  if (below !== null && by === 'flat') refuse(`${field}.below`, 'A flat rate looks at nothing');
  if (below !== null && below <= (steps.at(-1)?.from ?? 0)) {
    refuse(`${field}.below`, 'A rate ends above its last step');
  }
}

function refuse(field: string, problem: string): never {
  throw shippingErrors.error('bad-zone', { problem }, { field });
}

/**
 * A place that two zones claim, or null: one country whole in both, one province in both, or whole here and in part
 * there.
 */
export function sharedPlace(
  one: ShippingZoneInput['countries'],
  other: ShippingZoneInput['countries'],
): string | null {
  for (const { country, provinces } of one) {
    const twin = other.find((candidate) => candidate.country === country);
    if (!twin) continue;
    if (provinces === null && twin.provinces === null) return country;
    const both = provinces?.find((province) => twin.provinces?.includes(province));
    if (both !== undefined) return `${country}-${both}`;
  }
  return null;
}
