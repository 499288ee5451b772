import { CatalogApiModule } from '@api/catalog';
import { CheckoutApiModule } from '@api/checkout';
import { IdentityApiModule } from '@api/identity';
import { MediaApiModule } from '@api/media';
import { StoresApiModule } from '@api/stores';
import { CheckoutWorkerModule } from '@worker/checkout';
import { type ApiCall, type ApiLab, type Merchant, openApiLab } from '@testing';

describe('discounts, shipping and taxes over HTTP', () => {
  let lab: ApiLab;
  let merchant: Merchant;
  let variantId: string;
  const call = (route: string, request: ApiCall = {}) => {
    const [method, path] = route.split(' ');
    return lab.call(`${method} /stores/${merchant.storeId}${path}`, {
      token: merchant.token,
      ...request,
    });
  };
  const fault = async (route: string, body: unknown) => {
    const answer = await call(route, { body });
    const { code, errors } = answer.body;
    return [answer.status, code, errors?.[0]?.field];
  };

  beforeAll(async () => {
    lab = await openApiLab([
      IdentityApiModule,
      StoresApiModule,
      MediaApiModule,
      CatalogApiModule,
      CheckoutApiModule,
      CheckoutWorkerModule,
    ]);
    merchant = await lab.aMerchant();
    await lab.drain();
    const { body } = await call('POST /products', {
      body: { title: 'Vase', published: true, variants: [{ priceMinor: 5_000 }] },
    });
    variantId = body.variants[0].id;
  });
  afterAll(() => lab.close());

  const tenPercent = {
    title: 'Ten percent',
    method: 'code',
    code: 'TEN',
    rule: { kind: 'amount_off', on: 'order', benefit: { percent: 10 } },
  };

  it('opens a new store with a zone of its own country, so that it can sell', async () => {
    const { body } = await call('GET /shipping-zones');
    expect(body.items).toMatchObject([
      {
        name: 'Domestic',
        rates: [{ name: 'Standard', by: 'flat', steps: [{ from: 0, priceMinor: 500 }] }],
      },
    ]);
    const settings = await call('GET /tax-settings');
    expect(settings.body).toMatchObject({ pricesIncludeTax: true, level: 'document', version: 0 });
  });

  it('makes, changes and deletes a discount, and refuses an older version', async () => {
    const made = await call('POST /discounts', { body: tenPercent });
    expect([made.status, made.body]).toMatchObject([
      201,
      { code: 'TEN', status: 'active', used: 0, held: 0, codeCount: 1, version: 1 },
    ]);
    const path = `/discounts/${made.body.id}`;
    const patch = { usageLimit: 5, startsAt: '2099-01-01T10:00', version: 1 };
    const changed = await call(`PATCH ${path}`, { body: patch });
    expect(changed.body).toMatchObject({ usageLimit: 5, status: 'scheduled', version: 2 });
    const late = await call(`PATCH ${path}`, { body: patch });
    expect([late.status, late.body.code]).toEqual([409, 'http.version-conflict']);
    expect((await call(`DELETE ${path}`)).status).toBe(204);
    expect((await call(`GET ${path}`)).status).toBe(404);
  });

  it('shows the secret of a rate service once, and refuses what cannot be asked', async () => {
    const service = {
      name: 'Courier',
      address: 'https://example.com/rates',
      origin: { country: 'DE', zip: '10119' },
      fallbackRates: [{ code: 'standard', name: 'Standard', priceMinor: 590 }],
    };
    const made = await call('POST /rate-services', { body: service });
    expect([made.status, made.body]).toMatchObject([
      201,
      { active: true, countries: null, health: { state: 'unknown', failures: 0 }, version: 1 },
    ]);
    const { id, secret } = made.body;
    expect(secret).toMatch(/^rates_[\w-]{32}$/);
    const path = `/rate-services/${id}`;
    const list = await call('GET /rate-services');
    expect(list.body.items).toMatchObject([{ id, origin: { country: 'DE', city: null } }]);
    expect(JSON.stringify([list.body, (await call(`GET ${path}`)).body])).not.toContain(secret);
    const rotated = await call(`POST ${path}/secret`, { body: { overlapHours: 1 } });
    expect([rotated.body.secret === secret, rotated.body.previousSecretUntil === null]).toEqual([
      false,
      false,
    ]);
    const patch = { active: false, version: 1 };
    expect((await call(`PATCH ${path}`, { body: patch })).status).toBe(409);
    const changed = await call(`PATCH ${path}`, { body: { ...patch, version: 2 } });
    expect(changed.body).toMatchObject({ active: false, version: 3, name: 'Courier' });
    expect(
      await Promise.all([
        fault('POST /rate-services', { ...service, address: 'ftp://example.com' }),
        fault('POST /rate-services', { ...service, countries: ['Germany'] }),
        fault('POST /rate-services', {
          ...service,
          fallbackRates: [{ ...service.fallbackRates[0], priceMinor: -1 }],
        }),
      ]),
    ).toEqual([
      [422, 'shipping.rate-address', 'address'],
      [422, 'http.invalid-input', 'countries.0'],
      [422, 'http.invalid-input', 'fallbackRates.0.priceMinor'],
    ]);
    expect((await call(`DELETE ${path}`)).status).toBe(204);
    expect((await call(`GET ${path}`)).status).toBe(404);
  });

  it('shows the secret of a tax service once, and refuses what cannot be asked', async () => {
    const service = { name: 'Levy', address: 'https://example.com/taxes', countries: ['US'] };
    const made = await call('POST /tax-services', { body: service });
    expect([made.status, made.body]).toMatchObject([
      201,
      { ...service, active: true, health: { state: 'unknown', failures: 0 }, version: 1 },
    ]);
    const { id, secret } = made.body;
    expect(secret).toMatch(/^taxes_[\w-]{32}$/);
    const path = `/tax-services/${id}`;
    const list = await call('GET /tax-services');
    expect(list.body.items).toMatchObject([{ id, countries: ['US'] }]);
    expect(JSON.stringify([list.body, (await call(`GET ${path}`)).body])).not.toContain(secret);
    const rotated = await call(`POST ${path}/secret`, { body: { overlapHours: 1 } });
    expect([rotated.body.secret === secret, rotated.body.previousSecretUntil === null]).toEqual([
      false,
      false,
    ]);
    const patch = { countries: ['US', 'CA'], version: 1 };
    expect((await call(`PATCH ${path}`, { body: patch })).status).toBe(409);
    const changed = await call(`PATCH ${path}`, { body: { ...patch, version: 2 } });
    expect(changed.body).toMatchObject({ countries: ['US', 'CA'], version: 3, name: 'Levy' });
    expect(
      await Promise.all([
        fault('POST /tax-services', { ...service, address: 'ftp://example.com' }),
        fault('POST /tax-services', { ...service, countries: [] }),
      ]),
    ).toEqual([
      [422, 'taxes.service-address', 'address'],
      [422, 'http.invalid-input', 'countries'],
    ]);
    expect((await call(`DELETE ${path}`)).status).toBe(204);
    expect((await call(`GET ${path}`)).body.code).toBe('taxes.service-not-found');
  });

  it('reads a time without an offset in the time zone of the store', async () => {
    const { body: store } = await call('GET ');
    await call('PATCH ', { body: { timeZone: 'Asia/Tokyo', version: store.version } });
    const { body } = await call('POST /discounts', {
      body: {
        ...tenPercent,
        code: 'TOKYO',
        startsAt: '2026-12-01T00:00',
        endsAt: '2026-12-02T00:00:00Z',
      },
    });
    expect([body.startsAt, body.endsAt]).toEqual([
      '2026-11-30T15:00:00.000Z',
      '2026-12-02T00:00:00.000Z',
    ]);
  });

  it.each([
    [{ ...tenPercent, code: undefined }, 'discounts.code-missing', 'code'],
    [{ ...tenPercent, usageLimt: 20 }, 'http.invalid-input', 'usageLimt'],
    [
      { ...tenPercent, rule: { ...tenPercent.rule, targets: { tags: ['new'] } } },
      'discounts.bad-rule',
      'rule.targets',
    ],
    [
      { ...tenPercent, startsAt: '2026-12-02T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' },
      'discounts.bad-rule',
      'endsAt',
    ],
    [
      {
        ...tenPercent,
        rule: {
          kind: 'tiered',
          on: 'order',
          by: 'amount',
          tiers: [
            { from: 5_000, benefit: { percent: 5 } },
            { from: 4_000, benefit: { percent: 9 } },
          ],
        },
      },
      'discounts.bad-rule',
      'rule.tiers.1.from',
    ],
    [
      {
        ...tenPercent,
        rule: {
          kind: 'amount_off',
          on: 'products',
          targets: { productIds: ['01890000-0000-7000-8000-000000000001'] },
          benefit: { percent: 5 },
        },
      },
      'discounts.unknown-target',
      'rule.targets.productIds.0',
    ],
  ])('names the field at fault: %#', async (body, code, field) => {
    expect(await fault('POST /discounts', body)).toEqual([422, code, field]);
  });

  it('gives an automatic discount no code', async () => {
    const automatic = { ...tenPercent, method: 'automatic' };
    expect(await fault('POST /discounts', automatic)).toEqual([409, 'discounts.no-codes', 'code']);
  });

  it('makes up 10,000 codes that differ, and lets a code be one discount’s alone', async () => {
    const { body } = await call('POST /discounts', { body: { ...tenPercent, code: 'Bulk' } });
    const path = `/discounts/${body.id}/codes`;
    const made = await call(`POST ${path}`, { body: { generate: 10_000, prefix: 'win-' } });
    expect([made.status, made.body.added]).toEqual([201, 10_000]);
    expect(made.body.code).toMatch(/^WIN-[2-9A-HJKMNP-Z]{10}$/);
    const { body: after } = await call(`GET /discounts/${body.id}`);
    expect(after.codeCount).toBe(10_001);
    const { body: first } = await call(`GET ${path}?limit=2`);
    expect(first.items).toMatchObject([{ code: 'Bulk', usageLimit: null }, { usageLimit: 1 }]);
    expect((await call(`GET ${path}?limit=2&cursor=${first.nextCursor}`)).body.items).toHaveLength(
      2,
    );
    const twice = await call('POST /discounts', { body: { ...tenPercent, code: 'bulk' } });
    expect([twice.status, twice.body.code]).toEqual([409, 'discounts.code-taken']);
    expect((await call(`DELETE ${path}/BULK`)).status).toBe(204);
  });

  it('keeps a country in one zone, and a rate by its id', async () => {
    const rate = { name: 'Parcel', by: 'flat', steps: [{ from: 0, priceMinor: 900 }] };
    const zone = { name: 'Far', countries: [{ country: 'JP' }, { country: 'AU' }], rates: [rate] };
    const { body } = await call('POST /shipping-zones', { body: zone });
    const again = await fault('POST /shipping-zones', { ...zone, countries: [{ country: 'AU' }] });
    expect(again).toEqual([409, 'shipping.country-taken', 'countries']);
    const rates = [{ ...body.rates[0], name: 'Air parcel' }, rate];
    const path = `/shipping-zones/${body.id}`;
    const changed = await call(`PATCH ${path}`, { body: { rates, version: 1 } });
    expect(changed.body.rates[0]).toMatchObject({ id: body.rates[0].id, name: 'Air parcel' });
    expect(changed.body.rates[1].id).not.toBe(body.rates[0].id);
    expect((await call(`PATCH ${path}`, { body: { name: 'x', version: 1 } })).status).toBe(409);
    const steps = [
      { from: 0, priceMinor: 1 },
      { from: 0, priceMinor: 2 },
    ];
    const bad = {
      ...zone,
      countries: [{ country: 'NZ' }],
      rates: [{ ...rate, by: 'weight', steps }],
    };
    expect(await fault('POST /shipping-zones', bad)).toEqual([
      422,
      'shipping.bad-zone',
      'rates.0.steps.1.from',
    ]);
  });

  it('registers where rates are known, once at a time', async () => {
    const here = { scheme: 'local', country: 'FR', number: 'FR1', from: '2026-01-01' };
    expect((await call('POST /tax-registrations', { body: here })).status).toBe(201);
    const twice = await fault('POST /tax-registrations', here);
    expect(twice).toEqual([409, 'taxes.registration-taken', 'from']);
    const norway = { ...here, country: 'NO', number: 'NO1' };
    const unknown = await fault('POST /tax-registrations', norway);
    expect(unknown).toEqual([422, 'taxes.no-rates', 'country']);
    const rate = {
      country: 'NO',
      category: 'standard',
      name: 'MVA',
      percent: 25,
      from: '2026-01-01',
    };
    expect((await call('POST /tax-rates', { body: rate })).body).toMatchObject({
      jurisdiction: 'NO',
      percent: 25,
    });
    expect((await call('POST /tax-registrations', { body: norway })).status).toBe(201);
    const uk = { scheme: 'uk_import', country: 'GB', number: 'GB1', from: '2026-01-01' };
    expect(await fault('POST /tax-registrations', uk)).toEqual([
      422,
      'taxes.bad-registration',
      'exchangeRate',
    ]);
    const { body } = await call('POST /tax-registrations', {
      body: { ...uk, exchangeRate: '0.8712' },
    });
    expect(body.exchangeRate).toBe('0.8712');
    const built = await call('GET /built-in-tax-rates');
    expect(built.body.items).toContainEqual({
      country: 'DE',
      category: 'reduced',
      percent: 7,
      from: '2026-01-01',
      to: null,
    });
    expect(built.body.notice).toMatch(/adviser/);
  });

  it('changes settings against the version that was seen', async () => {
    const first = await call('PATCH /tax-settings', { body: { abroad: 'same_net', version: 0 } });
    expect(first.body).toMatchObject({ abroad: 'same_net', pricesIncludeTax: true, version: 1 });
    expect((await call('PATCH /tax-settings', { body: { version: 0 } })).status).toBe(409);
    const shipping = await call('PATCH /shipping-settings', { body: { cutoff: '15:00' } });
    expect(shipping.body).toMatchObject({ cutoff: '15:00', thresholds: 'after_discounts' });
  });

  it('says why a cart costs what it costs, and its reasons add up', async () => {
    await call('POST /discounts', { body: { ...tenPercent, code: 'WHY' } });
    await call('POST /discounts', {
      body: { ...tenPercent, code: 'BIG', minimum: { subtotalMinor: 90_000 } },
    });
    const { body } = await call('POST /price-explanations', {
      body: {
        lines: [{ variantId, quantity: 2 }],
        codes: ['why', 'big', 'nobody'],
        country: 'FR',
      },
    });
    expect(body.totals).toMatchObject({ subtotalMinor: 10_000, discountMinor: 1_000 });
    const rows = body.rows as { step: string; before: number; after: number; sentence: string }[];
    const taken = rows.reduce((sum, { before, after }) => sum + before - after, 0);
    expect(taken).toBe(body.totals.discountMinor);
    expect(rows.map(({ sentence }) => sentence)).toEqual([
      'Vase: 100.00 EUR (2 × 50.00 EUR).',
      'Vase: 10.00 EUR off by “Ten percent”, code WHY.',
      'VAT 20 % on 75.00 EUR: 15.00 EUR, contained in the prices.',
      'To pay: 90.00 EUR.',
    ]);
    expect(body.rejected).toMatchObject([
      {
        code: 'BIG',
        reason: 'minimum',
        sentence: '“BIG” does not count: the cart has not enough for it.',
      },
    ]);
    expect(body.unknownCodes).toEqual(['nobody']);
  });
});
