import { CatalogModule, Markets } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { newId } from '@libs/kernel';
import { type Lab, openLab } from '@testing';
import { quote } from '../src/quote';
import {
  type AssembleQuestion,
  StoreQuoteAssembler,
} from '../src/assemble/store-quote-assembler.service';
import { StoreDiscountHolds } from '../src/discounts/discount-holds.service';
import { taxRateInput } from '../src/contract';
import { TaxRates } from '../src/taxes/tax-rates.service';
import { sell } from './cart-lab.builder';
import { makeDiscount, makePickupPoint, makeZone, register } from './rules-lab.builder';

describe('what a quote is told', () => {
  let lab: Lab;
  let storeId: string;
  let small: string;
  let medium: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [CatalogModule, CheckoutModule] });
  });
  beforeEach(async () => {
    storeId = await lab.aStore();
    await sell(lab, storeId);
    const rows = await lab.db.read(storeId, (store) =>
      store.query<{ id: string }>('SELECT variant_id AS id FROM variants ORDER BY sku DESC'),
    );
    [small = '', medium = ''] = rows.map(({ id }) => id);
  });
  afterAll(() => lab.close());

  const ask = (more: Partial<AssembleQuestion> = {}) =>
    lab.db.read(storeId, async (store) => {
      const assembled = await lab.get(StoreQuoteAssembler).assemble(store, {
        lines: [
          { id: 'a', variantId: small, quantity: 2 },
          { id: 'b', variantId: medium, quantity: 1 },
        ],
        currency: 'EUR',
        codes: [],
        address: { country: 'DE' },
        deliveryRateId: null,
        email: null,
        ...more,
      });
      return { ...assembled, statements: store.statements, quote: quote(assembled.input) };
    });

  it('is prices alone, without taxes and delivery, in a store that has set nothing', async () => {
    const { quote: priced, deliveryOptions, unknownCodes } = await ask({ codes: ['NOTHING'] });
    expect(priced.totals).toMatchObject({ subtotalMinor: 15_000, taxMinor: 0, totalMinor: 15_000 });
    expect([deliveryOptions, unknownCodes]).toEqual([[], ['NOTHING']]);
    expect(priced.tax.scheme).toBe('unregistered');
  });

  it('has the price that the shopper’s market asks itself, and else the store’s at its rate', async () => {
    const { id } = await lab.db.write(storeId, (store) =>
      lab.get(Markets).create(store, {
        name: 'Japan',
        countries: ['JP'],
        currency: 'JPY',
        enabled: true,
        rateSource: 'manual',
        markupPpm: 0,
        ending: null,
        frozenUntil: null,
        priorPrice: { asks: 'auto', gradual: true, young: 'since_first_sale' },
        rate: '160',
      }),
    );
    await lab.db.write(storeId, (store) =>
      store.execute(
        `INSERT INTO market_prices (store_id, market_id, variant_id, price_minor) VALUES ($1, $2, $3, 6980)`,
        [storeId, id, small],
      ),
    );
    const at = new Date().toISOString();
    const exchange = {
      market: id,
      base: 'EUR',
      rate1e10: 1_600_000_000_000,
      markupPpm: 0,
      ending: null,
      source: 'manual',
      at,
    };
    const { input, statements } = await ask({ currency: 'JPY', exchange });
    const home = await ask();
    const converted = Math.round(((home.input.lines[1]?.unitMinor ?? 0) / 100) * 160);
    expect(input.lines.map(({ unitMinor }) => unitMinor)).toEqual([6_980, converted]);
    expect(statements).toBe(3);
  });

  it('is told in three statements', async () => {
    await makeZone(lab, storeId);
    await makeDiscount(lab, storeId, { code: 'TEN' });
    const { statements } = await ask({ codes: ['ten'] });
    expect(statements).toBe(3);
  });

  it('has the delivery that is chosen, the code however it is written, and the tax within prices', async () => {
    const { rates } = await makeZone(lab, storeId, {
      rates: [
        {
          name: 'Parcel',
          by: 'weight',
          steps: [
            { from: 0, priceMinor: 490 },
            { from: 200, priceMinor: 690 },
          ],
          freeFromMinor: 14_000,
          transit: { minDays: 1, maxDays: 2 },
        },
      ],
    });
    await register(lab, storeId);
    await makeDiscount(lab, storeId, { code: 'Ten' });
    const deliveryRateId = rates[0]?.id ?? '';
    const full = await ask({ deliveryRateId });
    expect(full.deliveryOptions).toMatchObject([
      { rateId: deliveryRateId, kind: 'shipping', title: 'Parcel', priceMinor: 0 },
    ]);
    expect(full.deliveryOptions[0]?.promised).toMatchObject({
      from: expect.stringMatching(/^\d{4}-/),
    });
    const less = await ask({ deliveryRateId, codes: [' tEN '] });
    expect(less.quote.totals).toMatchObject({
      discountMinor: 1_500,
      shippingMinor: 690,
      totalMinor: 13_500 + 690,
      taxIncluded: true,
      taxMinor: 2_266,
    });
    expect(less.quote.discounts).toMatchObject([{ code: 'Ten', amountMinor: 1_500 }]);
  });

  it('knows the zone of a province before that of its country, and the rest of the world', async () => {
    const flat = (name: string, priceMinor: number) => ({
      rates: [{ name, by: 'flat', steps: [{ from: 0, priceMinor }] }],
    });
    await makeZone(lab, storeId, { name: 'US', countries: [{ country: 'US' }], ...flat('US', 1) });
    await makeZone(lab, storeId, {
      name: 'NY',
      countries: [{ country: 'US', provinces: ['NY'] }],
      ...flat('NY', 2),
    });
    await makeZone(lab, storeId, {
      name: 'All',
      countries: [],
      restOfWorld: true,
      ...flat('All', 3),
    });
    const titles = async (country: string, province?: string) =>
      (await ask({ address: { country, province } })).deliveryOptions.map(({ title }) => title);
    expect(await titles('US', 'NY')).toEqual(['NY']);
    expect(await titles('US', 'TX')).toEqual(['US']);
    expect(await titles('US')).toEqual(['US']);
    expect(await titles('JP')).toEqual(['All']);
  });

  it('taxes a parcel where it goes, and what is fetched where it is fetched', async () => {
    const zone = await makeZone(lab, storeId, {
      countries: [{ country: 'FR' }, { country: 'CH' }],
    });
    await register(lab, storeId);
    await register(lab, storeId, { scheme: 'oss', number: 'DE-OSS' });
    const locationId = await makePickupPoint(lab, storeId);
    const taxOf = async (country: string, deliveryRateId: string) => {
      const { quote: priced } = await ask({ address: { country }, deliveryRateId });
      return [priced.tax.scheme, priced.taxes[0]?.ppm ?? 0, priced.totals.shippingMinor];
    };
    const parcel = zone.rates[0]?.id ?? '';
    expect(await taxOf('FR', parcel)).toEqual(['oss', 200_000, 490]);
    expect(await taxOf('FR', `pickup:${locationId}`)).toEqual(['domestic', 190_000, 0]);
    expect(await taxOf('CH', parcel)).toEqual(['export', 0, 490]);
  });

  it('takes the store’s own rate of a category instead of the built-in one', async () => {
    await register(lab, storeId);
    const own = {
      country: 'DE',
      category: 'standard',
      name: 'USt',
      percent: 16,
      from: '2020-01-01',
    };
    await lab.db.write(storeId, (store) =>
      lab.get(TaxRates).create(store, taxRateInput.parse(own)),
    );
    const { quote: priced } = await ask();
    expect(priced.taxes.map(({ name, ppm }) => [name, ppm])).toEqual([
      ['USt', 160_000],
      ['USt', 160_000],
    ]);
  });

  it('does not take from a checkout what it holds itself', async () => {
    const { id } = await makeDiscount(lab, storeId, {
      code: 'ONCE',
      usageLimit: 1,
      oncePerCustomer: true,
    });
    const mine = newId();
    const email = 'ada@example.test';
    const first = await ask({ codes: ['ONCE'], email, checkoutId: mine });
    const lines = [
      { id: 'a', variantId: small },
      { id: 'b', variantId: medium },
    ];
    const input = { checkoutId: mine, quote: first.quote, lines, email };
    const outcome = await lab.db.write(storeId, (store) =>
      lab.get(StoreDiscountHolds).hold(store, input),
    );
    expect(outcome).toEqual({ held: true });
    const again = await ask({ codes: ['ONCE'], email, checkoutId: mine });
    expect(again.quote.hash).toBe(first.quote.hash);
    const other = await ask({ codes: ['ONCE'], email: 'bob@example.test', checkoutId: newId() });
    expect(other.quote.rejected).toEqual([{ discountId: id, code: 'ONCE', reason: 'limit' }]);
    const late = await lab.db.write(storeId, (store) =>
      lab.get(StoreDiscountHolds).hold(store, { ...input, checkoutId: newId() }),
    );
    expect(late).toEqual({ held: false, discountIds: [id] });
  });

  it('names what is not sold any more', async () => {
    const gone = ask({ lines: [{ id: 'x', variantId: newId(), quantity: 1, title: 'Old vase' }] });
    await expect(gone).rejects.toMatchObject({ code: 'assemble.line-gone' });
    await expect(ask({ currency: 'USD' })).rejects.toMatchObject({
      code: 'assemble.currency-not-sold',
    });
  });
});
