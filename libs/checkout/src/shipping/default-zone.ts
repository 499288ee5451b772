import { currencyExponent } from '@libs/kernel';
import type { ShippingZoneInput } from '../contract';

/** Major units that a parcel costs in a new store; where a unit is worth little, a hundred times as many. */
const parcel = { usual: 5, small: 500 };

/**
 * The zone that a new store begins with, so that something can be sold at once: its own country at one price, with a
 * promise of two to four working days.
 */
export function defaultZone(country: string, currency: string): ShippingZoneInput {
  const exponent = currencyExponent(currency);
  const priceMinor = exponent === 0 ? parcel.small : parcel.usual * 10 ** exponent;
  return {
    name: 'Domestic',
    countries: [{ country, provinces: null }],
    restOfWorld: false,
    rates: [
      {
        name: 'Standard',
        description: null,
        by: 'flat',
        steps: [{ from: 0, priceMinor }],
        below: null,
        freeFromMinor: null,
        transit: { minDays: 2, maxDays: 4 },
        carrier: null,
      },
    ],
  };
}
