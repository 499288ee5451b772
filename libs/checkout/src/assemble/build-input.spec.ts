import * as fc from 'fast-check';
import { anOffer } from '../../test/cart.builder';
import { shippingRate } from '../contract';
import { quote } from '../quote';
import { defaultShippingSettings } from '../shipping/shipping-settings';

import type { RegistrationFacts } from '../taxes/tax-terms';
import { defaultTaxSettings } from '../taxes/tax-settings';
import { type QuoteFacts, buildInput } from './build-input';
import type { SellingFacts } from './selling-facts.queries';

const now = Date.parse('2026-11-23T08:00:00Z');
const registration = (more: Partial<RegistrationFacts>): RegistrationFacts => ({
  scheme: 'local',
  country: 'DE',
  region: null,
  number: 'DE1',
  from: '2020-01-01',
  to: null,
  rate1e10: null,
  ...more,
});
const aRate = (more: object) =>
  shippingRate.parse({
    id: 'rate',
    name: 'Parcel',
    by: 'flat',
    steps: [{ from: 0, priceMinor: 490 }],
    ...more,
  });
const selling = (more: Partial<SellingFacts> = {}): SellingFacts => ({
  country: 'DE',
  currency: 'EUR',
  locale: 'de',
  timeZone: 'Europe/Berlin',
  now,
  shipping: defaultShippingSettings,
  tax: defaultTaxSettings('DE'),
  zones: [{ name: 'All', countries: [], restOfWorld: true, rates: [aRate({})] }],
  pickups: [],
  rateServices: [],
  taxServices: [],
  registrations: [registration({})],
  ownRates: [],
  ...more,
});
const facts = (more: Partial<QuoteFacts> = {}): QuoteFacts => ({
  lines: [{ id: 'a', quantity: 1, offer: anOffer(1, { priceMinor: 10_000 }) }],
  currency: 'EUR',
  discounts: [],
  groups: [],
  selling: selling(),
  destination: { country: 'DE', province: null },
  deliveryRateId: 'rate',
  buyer: null,
  storedValue: [],
  exchange: null,
  ...more,
});
const priced = (more: Partial<QuoteFacts> = {}) => quote(buildInput(facts(more)).input);

describe('the regime of a sale', () => {
  const ioss = registration({ scheme: 'ioss', country: 'IE', number: 'IM1' });

  it.each([
    ['at home', [registration({})], 'DE', 'DE', 'domestic', 190_000],
    ['nowhere registered', [], 'DE', 'DE', 'unregistered', null],
    ['in the Union without OSS', [registration({})], 'DE', 'AT', 'origin', 190_000],
    [
      'in the Union by OSS',
      [registration({ scheme: 'oss' }), registration({})],
      'DE',
      'AT',
      'oss',
      200_000,
    ],
    [
      'to a registration abroad',
      [registration({ country: 'AT' })],
      'DE',
      'AT',
      'domestic',
      200_000,
    ],
    ['exports', [registration({})], 'DE', 'US', 'export', null],
    ['IOSS below its limit', [ioss], 'US', 'FR', 'ioss', 200_000],
  ] as const)('%s', (...row) => {
    const [, registrations, country, destination, scheme, ppm] = row;
    const store = selling({ country, registrations: [...registrations] });
    const result = priced({
      selling: store,
      destination: { country: destination, province: null },
    });
    expect([result.tax.scheme, result.taxes[0]?.ppm ?? null]).toEqual([scheme, ppm]);
  });

  it('charges the flat duty of low-value imports, and no tax above the limit', () => {
    const store = selling({ country: 'US', registrations: [ioss] });
    const to = { selling: store, destination: { country: 'FR', province: null } };
    expect(priced(to).fees).toMatchObject([{ totalMinor: 300 }]);
    const dear = [{ id: 'a', quantity: 3, offer: anOffer(1, { priceMinor: 10_000 }) }];
    const above = priced({ ...to, lines: dear });
    expect([above.taxes, above.fees, above.tax.notices]).toEqual([
      [],
      [],
      ['import_charges_on_delivery'],
    ]);
  });

  it('sells the same net abroad when the merchant wants it so', () => {
    const tax = {
      ...defaultTaxSettings('DE'),
      abroad: 'same_net' as const,
      untaxed: 'strip' as const,
    };
    const store = selling({
      tax,
      registrations: [registration({}), registration({ scheme: 'oss' })],
    });
    const at = (country: string) =>
      priced({ selling: store, destination: { country, province: null } }).totals.subtotalMinor;
    expect([at('DE'), at('FR'), at('US')]).toEqual([10_000, 10_084, 8_403]);
  });

  it('taxes categories that the table knows, and all others like the standard', () => {
    const of = (taxCode: string | null) =>
      priced({ lines: [{ id: 'a', quantity: 1, offer: anOffer(1, { taxCode }) }] }).taxes[0]?.ppm;
    expect([of(null), of('Reduced'), of('books'), of('P0000')]).toEqual([
      190_000, 70_000, 70_000, 190_000,
    ]);
  });
});

describe('the ways to deliver a cart', () => {
  const options = (rate: object, more: Partial<QuoteFacts> = {}) => {
    const zones = [{ name: 'All', countries: [], restOfWorld: true, rates: [aRate(rate)] }];
    return buildInput(facts({ ...more, selling: selling({ zones }) })).deliveryOptions;
  };
  const two = (from: number) => ({
    steps: [
      { from: 0, priceMinor: 490 },
      { from, priceMinor: 990 },
    ],
  });

  it.each([
    ['weight below a step', { by: 'weight', ...two(101) }, [490]],
    ['weight at a step', { by: 'weight', ...two(100) }, [990]],
    ['items', { by: 'items', ...two(1) }, [990]],
    ['price', { by: 'price', ...two(10_001) }, [490]],
    ['free from a subtotal', { freeFromMinor: 10_000 }, [0]],
    ['not free below it', { freeFromMinor: 10_001 }, [490]],
    ['not offered from a weight on', { by: 'weight', below: 100 }, []],
    [
      'not offered below the first step',
      { by: 'price', steps: [{ from: 10_001, priceMinor: 0 }] },
      [],
    ],
  ])('%s', (_name, rate, expected) => {
    expect(options(rate).map(({ priceMinor }) => priceMinor)).toEqual(expected);
  });

  it('offers none for what is not sent', () => {
    const lines = [{ id: 'a', quantity: 1, offer: anOffer(1, { requiresShipping: false }) }];
    expect(options({}, { lines })).toEqual([]);
  });

  it('shows the price that is charged, whatever is bought and taken off', () => {
    const price = fc.integer({ min: 0, max: 20_000 });
    const rate = fc.record({
      by: fc.constantFrom('flat', 'weight', 'items', 'price'),
      first: price,
      second: price,
      step: fc.integer({ min: 1, max: 30_000 }),
      freeFromMinor: fc.option(price),
    });
    const line = fc.record({ quantity: fc.integer({ min: 1, max: 9 }), priceMinor: price });
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        rate,
        percent,
        (lines, one, off) => {
          const { by, first, second, step, freeFromMinor } = one;
          const tiers = [
            { from: 0, priceMinor: first },
            { from: step, priceMinor: second },
          ];
          const steps = by === 'flat' ? tiers.slice(0, 1) : tiers;
          const zones = [
            {
              name: 'All',
              countries: [],
              restOfWorld: true,
              rates: [aRate({ by, steps, freeFromMinor })],
            },
          ];
          const rule = { kind: 'amount_off', on: 'order', targets: {}, benefit: { percent: off } };
          const discount = { id: 'd', title: 'd', rule, minimum: null, groups: null, code: null };
          const rest = {
            createdAt: 0,
            startsAt: null,
            endsAt: null,
            usesLeft: null,
            unitsLeft: {},
          };
          const combinesWith = { product: true, order: true, shipping: true };
          const built = buildInput(
            facts({
              selling: selling({ zones }),
              lines: lines.map(({ quantity, priceMinor }, at) => ({
                id: String(at),
                quantity,
                offer: anOffer(at + 1, { priceMinor }),
              })),
              discounts: [
                { ...discount, ...rest, combinesWith } as QuoteFacts['discounts'][number],
              ],
            }),
          );
          const result = quote(built.input);
          expect(result.totals.shippingMinor).toBe(built.deliveryOptions[0]?.priceMinor);
          const { totalMinor, shippingMinor, subtotalMinor, discountMinor } = result.totals;
          expect(totalMinor).toBe(subtotalMinor - discountMinor + shippingMinor);
          expect(quote(buildInput(facts()).input).hash).toBe(priced().hash);
        },
      ),
    );
  });
});
