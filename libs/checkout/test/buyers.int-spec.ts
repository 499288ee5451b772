import { CustomerAccounts } from '@renderer/customers';
import { CustomerAddresses, Customers, MailedCodes } from '@libs/customers';
import type { Lab } from '@testing';
import { CustomerGroups } from '../../customers/src/people/customer-groups.service';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';
import { makeDiscount } from './rules-lab.builder';

const mailing = { locale: 'en', origin: 'https://shop.example' };
const ada = {
  email: 'ada@example.com',
  password: 'analytical engine',
  firstName: 'Ada',
  lastName: 'Lovelace',
  emailMarketing: false,
  source: '/account/register',
};
const london = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  company: '',
  address1: 'Square 12',
  address2: '',
  zip: '10115',
  city: 'Berlin',
  province: '',
  country: 'DE',
  phone: '',
};

describe('who buys', () => {
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    lab = await openCheckoutLab();
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab);
  });
  afterAll(() => lab.close());

  const wants = () => [{ variant: shop.goods.medium.id }];
  const byHand = () => ({ paymentAccountId: shop.goods.accounts.manual });
  const find = (email: string) =>
    lab.db.read(shop.storeId, (store) => lab.get(Customers).findByEmail(store, email));
  const owners = async () => {
    const rows = await shop.query<{ customerId: string | null }>(
      'SELECT customer_id AS "customerId" FROM orders WHERE store_id = $1 ORDER BY number',
    );
    return rows.map(({ customerId }) => customerId);
  };
  const register = async () => {
    await lab.db.write(shop.storeId, (store) =>
      lab.get(CustomerAccounts).register(store, ada, mailing),
    );
    return (await find(ada.email))?.id ?? '';
  };

  it('is a guest who is known by the e-mail address from the first order on', async () => {
    const first = await shop.shopper(wants(), {
      ...byHand(),
      consent: { marketing: true, terms: true },
    });
    await shop.pay(first.token);
    const second = await shop.shopper(wants(), byHand());
    await shop.pay(second.token);
    const guest = await find('ada@example.com');
    expect(guest).toMatchObject({ state: 'guest', emailMarketing: true });
    expect(await owners()).toEqual([guest?.id, guest?.id]);
  });

  it('is not the account of somebody who has not proved that the address is theirs', async () => {
    await register();
    const { token } = await shop.shopper(wants(), byHand());
    await shop.pay(token);
    expect(await owners()).toEqual([null]);
    // Once the owner is let in by mail, what was bought with the address is theirs.
    await lab.db.write(shop.storeId, async (store) => {
      const id = (await lab.get(Customers).findByEmail(store, ada.email))?.id ?? '';
      const code = await lab.get(MailedCodes).issue(store, id, 'sign_in');
      await lab.get(CustomerAccounts).signInByCode(store, ada.email, code);
    });
    await lab.drain();
    expect(await owners()).toEqual([(await find(ada.email))?.id]);
  });

  it('is whoever is signed in, who types nothing again and is treated as their groups are', async () => {
    const customerId = await register();
    await lab.db.write(shop.storeId, async (store) => {
      await lab.get(CustomerAddresses).add(store, customerId, london);
      const group = await lab.get(CustomerGroups).create(store, 'Friends');
      await lab
        .get(CustomerGroups)
        .changeMembers(store, group.id, { add: [customerId], remove: [] });
    });
    await makeDiscount(lab, shop.storeId, { groups: ['Friends'] });
    const { cartToken } = await shop.shopper(wants(), { ...byHand(), email: null });
    expect((await shop.read(await shop.start(cartToken))).quote?.totals.discountMinor).toBe(0);
    const token = await shop.start(cartToken, customerId);
    expect(await shop.read(token)).toMatchObject({
      customerId,
      email: 'ada@example.com',
      quote: { totals: { discountMinor: 520 } },
    });
    await shop.update(token, { email: 'office@example.com' });
    await shop.pay(token);
    expect(await owners()).toEqual([customerId]);
    const fresh = await shop.shopper(wants(), {});
    expect(fresh.token).not.toBe(token);
  });

  it('finds the default address filled in', async () => {
    const customerId = await register();
    await lab.db.write(shop.storeId, (store) =>
      lab.get(CustomerAddresses).add(store, customerId, london),
    );
    const { cartToken } = await shop.shopper(wants(), { shippingAddress: null, email: null });
    const token = await shop.start(cartToken, customerId);
    expect(await shop.read(token)).toMatchObject({
      shippingAddress: { name: 'Ada Lovelace', city: 'Berlin', country: 'DE' },
    });
  });
});
