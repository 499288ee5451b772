import { newId } from '@libs/kernel';
import { Customers } from '@libs/customers';
import type { Lab } from '@testing';
import { CustomerGroups } from '../../customers/src/people/customer-groups.service';
import { CartPrices } from '../src/carts/cart-prices.service';
import { OpenCarts } from '../src/carts/open-carts.service';
import { ShopperSignIns } from '../src/checkouts/sign-ins.service';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { makeDiscount } from './rules-lab.builder';

describe('a cart whose shopper signs in', () => {
  let lab: Lab;
  let shop: SellingStore;
  let customerId: string;

  beforeAll(async () => {
    lab = await openCheckoutLab();
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab, 5);
    customerId = await aCustomer();
  });
  afterAll(() => lab.close());

  const aCustomer = () =>
    lab.db.write(shop.storeId, async (store) => {
      const email = `${newId()}@example.com`;
      const name = { firstName: 'Ada', lastName: 'Lovelace' };
      const buyer = { ...name, phone: null, locale: 'en', email };
      return (await lab.get(Customers).findOrCreateByEmail(store, buyer)) ?? '';
    });
  const fill = async (
    wants: { variant: number; quantity: number }[],
    codes: string[] = [],
    token: string | null = null,
  ): Promise<string> => {
    const outcome = await lab.db.write(shop.storeId, (store) =>
      lab.get(OpenCarts).add(
        store,
        { token, currency: 'EUR' },
        wants.map((want) => ({ ...want, properties: [] })),
        { codes },
      ),
    );
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    return outcome.token ?? '';
  };
  const signIn = (cartToken: string | null, id = customerId) =>
    lab.db.write(shop.storeId, (store) =>
      lab.get(ShopperSignIns).signIn(store, { customerId: id, cartToken }),
    );
  const read = (token: string | null) =>
    lab.db.read(shop.storeId, (store) => lab.get(OpenCarts).find(store, token ?? ''));
  const units = async (token: string | null) =>
    Object.fromEntries(
      (await read(token))?.lines.map(({ offer, quantity }) => [offer.sku, quantity]) ?? [],
    );

  it('keeps it, and finds it again in another browser; the guest’s token leads nowhere any more', async () => {
    const guest = await fill([{ variant: shop.goods.small.id, quantity: 2 }]);
    const token = await signIn(guest);
    expect(token).not.toBe(guest);
    expect(await read(guest)).toBeNull();
    expect(await units(token)).toEqual({ 'LS-S': 2 });
    expect(await signIn(null)).toBe(token);
    expect(await signIn(token)).toBe(token);
  });

  it('finds both in one: quantities summed as far as the stock goes, codes united', async () => {
    const home = await signIn(await fill([{ variant: shop.goods.small.id, quantity: 3 }], ['ONE']));
    const guest = await fill(
      [
        { variant: shop.goods.small.id, quantity: 4 },
        { variant: shop.goods.medium.id, quantity: 1 },
      ],
      ['TWO', 'one'],
    );
    expect(await signIn(guest)).toBe(home);
    expect(await units(home)).toEqual({ 'LS-S': 5, 'LS-M': 1 });
    expect((await read(home))?.codes).toEqual(['ONE', 'TWO']);
    const states = await shop.query<{ state: string }>(
      'SELECT state FROM carts WHERE store_id = $1 ORDER BY state',
    );
    expect(states.map(({ state }) => state)).toEqual(['merged', 'open']);
  });

  it('is one cart when somebody signs in twice at once', async () => {
    const guests = await Promise.all(
      [1, 2, 3].map(() => fill([{ variant: shop.goods.medium.id, quantity: 1 }])),
    );
    const tokens = await Promise.all(guests.map((guest) => signIn(guest)));
    expect(new Set(tokens).size).toBe(1);
    expect(await units(tokens[0] ?? '')).toEqual({ 'LS-M': 3 });
  });

  it('never takes what is somebody else’s', async () => {
    const hers = await signIn(await fill([{ variant: shop.goods.small.id, quantity: 1 }]));
    const other = await aCustomer();
    expect(await signIn(hers, other)).toBeNull();
    expect(await units(hers)).toEqual({ 'LS-S': 1 });
  });

  it('goes on with the checkout under another address, and orders what was merged once', async () => {
    const { token, cartToken } = await shop.shopper([{ variant: shop.goods.small.id }]);
    const home = await signIn(await fill([{ variant: shop.goods.medium.id, quantity: 1 }]));
    expect(await signIn(cartToken)).toBe(home);
    await expect(shop.read(token)).rejects.toThrow('no such checkout');
    const again = await shop.start(home ?? '', customerId);
    expect(again).not.toBe(token);
    await shop.update(again, {
      paymentAccountId: shop.goods.accounts.manual,
      consent: { marketing: false, terms: true },
    });
    expect(await shop.pay(again)).toMatchObject({ outcome: { kind: 'placed' } });
    expect(await shop.orders()).toMatchObject([{ totalMinor: 4900 + 5200 + 490 }]);
    expect(await read(home)).toBeNull();
  });

  it('leaves a checkout that is being paid its address, to which the provider leads back', async () => {
    const { token, cartToken } = await shop.shopper([{ variant: shop.goods.small.id }]);
    await shop.pay(token);
    await signIn(cartToken);
    expect(await shop.read(token)).toMatchObject({ state: 'paying' });
  });

  it('shows the discounts of the customer’s groups before the checkout', async () => {
    await lab.db.write(shop.storeId, async (store) => {
      const groups = lab.get(CustomerGroups);
      const group = await groups.create(store, 'Trade');
      await groups.changeMembers(store, group.id, { add: [customerId], remove: [] });
    });
    await makeDiscount(lab, shop.storeId, { groups: ['Trade'] });
    const guest = await fill([{ variant: shop.goods.medium.id, quantity: 1 }]);
    const total = (token: string | null) =>
      lab.db.read(shop.storeId, async (store) => {
        const cart = await lab.get(OpenCarts).find(store, token ?? '');
        if (!cart) throw new Error('no cart');
        return (await lab.get(CartPrices).of(store, cart)).quote.totals.totalMinor;
      });
    expect(await total(guest)).toBe(5200);
    expect(await total(await signIn(guest))).toBeLessThan(5200);
  });
});
