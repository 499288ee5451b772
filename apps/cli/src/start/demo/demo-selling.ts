import { ApiRefusal, type DemoApi } from './demo-api';

interface Zone {
  id: string;
  version: number;
  countries: { country: string }[];
}

const parcel = (name: string, priceMinor: number, [minDays, maxDays]: [number, number]) => ({
  name,
  by: 'flat',
  steps: [{ from: 0, priceMinor }],
  transit: { minDays, maxDays },
});

/** Where the demo sends to beside its own country, at which price. */
const abroad = [
  {
    name: 'Europe',
    countries: 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK',
    restOfWorld: false,
    rates: [{ ...parcel('Parcel', 990, [3, 6]), freeFromMinor: 15_000 }],
  },
  {
    name: 'World',
    countries: '',
    restOfWorld: true,
    rates: [parcel('Air parcel', 2_490, [6, 14])],
  },
];

/** Domestic rates: a parcel that is free for larger orders, and a faster one. */
const domestic = [
  { ...parcel('Parcel', 490, [1, 3]), freeFromMinor: 8_000, carrier: 'DHL' },
  { ...parcel('Express', 1_290, [1, 1]), carrier: 'DHL' },
];

/** Lets the demo store sell: rates to send at, taxes of a registered shop, a code to try. @throws ApiRefusal */
export async function openForSale(api: DemoApi, storeId: string): Promise<void> {
  const path = `/stores/${storeId}`;
  const { country } = await api.get<{ country: string }>(path);
  await setZones(api, path, country);
  const from = '2020-01-01';
  for (const scheme of ['local', 'oss']) {
    const registration = { scheme, country, number: `${country}123456789`, from };
    await unlessThere(api.post(`${path}/tax-registrations`, registration));
  }
  await unlessThere(
    api.post(`${path}/discounts`, {
      title: 'Welcome',
      method: 'code',
      code: 'WELCOME10',
      rule: { kind: 'amount_off', on: 'order', benefit: { percent: 10 } },
      oncePerCustomer: true,
      combinesWith: { product: true, order: false, shipping: true },
    }),
  );
}

async function setZones(api: DemoApi, path: string, country: string): Promise<void> {
  const zones = `${path}/shipping-zones`;
  const { items } = await api.get<{ items: Zone[] }>(zones);
  const home = items.find(({ countries }) => countries.some((one) => one.country === country));
  if (home) await api.patch(`${zones}/${home.id}`, { rates: domestic, version: home.version });
  else await api.post(zones, { name: 'Domestic', countries: [{ country }], rates: domestic });
  for (const { countries, ...zone } of abroad) {
    const others = countries.split(' ').filter((code) => code !== '' && code !== country);
    const named = others.map((code) => ({ country: code }));
    await unlessThere(api.post(zones, { ...zone, countries: named }));
  }
}

/** A step that was interrupted goes on where it stopped. */
async function unlessThere(request: Promise<unknown>): Promise<void> {
  const there = [
    'discounts.code-taken',
    'shipping.country-taken',
    'shipping.rest-taken',
    'taxes.registration-taken',
  ];
  await request.catch((error: unknown) => {
    if (!(error instanceof ApiRefusal && there.includes(error.code))) throw error;
  });
}
