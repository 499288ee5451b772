import { ContactMessages, Customers, NewsletterSignUps } from '@libs/customers';
import { newId } from '@libs/kernel';
import { Orders } from '@libs/orders';
import type { Lab } from '@testing';
import { NotificationsWorkerModule } from '@worker/notifications';
import {
  aSellingStore,
  berlin,
  openCheckoutLab,
  type SellingStore,
} from '../../checkout/test/checkout-lab.builder';

/** By law for as long as books and proofs are kept; and who wants no mail. */
const mayStay = ['documents', 'document_files', 'withdrawals', 'marketing_opt_outs'];
const email = 'grace@example.test';
/** What would tell somebody who looks into the database who it was. */
const traces = /grace|hopper|torstraße|\+4930901820|engraved for|00340434161094021501/i;

describe('a customer who was erased', () => {
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    lab = await openCheckoutLab([NotificationsWorkerModule]);
  });
  beforeEach(async () => {
    shop = await aSellingStore(lab, 50);
  });
  afterAll(() => lab.close());

  const address = { ...berlin, name: 'Grace Hopper', phone: '+4930901820' };
  const variant = () => shop.goods.medium.id;
  const visit = () =>
    shop.shopper([{ variant: variant(), properties: [['Text', 'Engraved for Grace']] }], {
      email,
      shippingAddress: address,
    });
  const customers = () => lab.get(Customers);
  const idOf = async () =>
    (await lab.db.read(shop.storeId, (store) => customers().findByEmail(store, email)))?.id ?? '';

  /** A guest who bought and got it, left another checkout, and wrote to the store. */
  const aGuest = async (): Promise<string> => {
    const { token } = await visit();
    await shop.pay(token, { ipCountry: 'FR' });
    await shop.tell(token, { kind: 'auth', status: 'authorized' });
    const settled = await shop.settle(token);
    if (settled.kind !== 'placed') throw new Error(settled.kind);
    await lab.drain();
    await lab.db.write(shop.storeId, async (store) => {
      const tracking = { carrier: 'dhl', number: '00340434161094021501' };
      await lab.get(Orders).fulfil(store, settled.orderId, { key: newId(), tracking });
      await lab.get(NewsletterSignUps).signUp(store, { email, source: '/', locale: 'en' });
      const words = { name: 'Grace Hopper', phone: '+4930901820', body: 'Is it engraved for me?' };
      const { lines } = await lab.get(Orders).get(store, settled.orderId);
      const reason = 'Too small for Grace';
      const returnId = await lab.get(Orders).requestReturn(store, settled.orderId, {
        key: newId(),
        by: 'customer',
        lines: [{ lineId: lines[0]?.id ?? '', quantity: 1, reason }],
        note: 'Regards, Grace',
      });
      const declined = { state: 'declined', declineReason: 'Not for Grace' } as const;
      await lab.get(Orders).decideReturn(store, { orderId: settled.orderId, returnId }, declined);
      const form = { ...words, email: 'Grace@example.test', fields: {}, page: '/', locale: 'en' };
      await lab.get(ContactMessages).receive(store, form);
    });
    const { token: left } = await visit();
    const { checkoutId, cartId } = await shop.read(left);
    await shop.sql(
      `INSERT INTO abandoned_cart_mails (store_id, checkout_id, cart_id, email, locale) VALUES ($1, $2, $3, $4, 'en')`,
      [checkoutId, cartId, email],
    );
    await shop.sql(
      `INSERT INTO webhook_events (store_id, event_id, topic, resource_id, payload)
       VALUES ($1, $2, 'orders/create', $3, $4)`,
      [newId(), settled.orderId, JSON.stringify({ email })],
    );
    await lab.drain();
    return idOf();
  };

  /** The tables of the store in which something of them stands. */
  const traced = async (what = traces): Promise<string[]> => {
    const tables = await shop.query<{ name: string }>(
      `SELECT DISTINCT c.table_name AS name FROM information_schema.columns c
       JOIN pg_class t ON t.relname = c.table_name AND t.relkind IN ('r', 'p')
       WHERE c.table_schema = 'public' AND c.column_name = 'store_id'
         AND has_table_privilege(t.oid, 'SELECT') AND $1::uuid IS NOT NULL ORDER BY 1`,
    );
    expect(tables.length).toBeGreaterThan(60);
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await shop.query<{ text: string }>(
        `SELECT to_jsonb(t)::text AS text FROM ${name} t WHERE store_id = $1`,
      );
      if (rows.some(({ text }) => what.test(text))) found.push(name);
    }
    return found;
  };

  it('has left nothing in any table but what the law keeps', async () => {
    const customerId = await aGuest();
    const before = await traced();
    expect(before).toEqual(
      expect.arrayContaining([
        'abandoned_cart_mails',
        'cart_lines',
        'checkouts',
        'contact_messages',
        'customers',
        'newsletter_sign_ups',
        'order_lines',
        'orders',
        'webhook_events',
      ]),
    );
    await lab.db.write(shop.storeId, (store) => customers().erase(store, customerId));
    await lab.drain();
    expect((await traced()).filter((table) => !mayStay.includes(table))).toEqual([]);
    const parcels = await shop.query('SELECT tracking_number FROM fulfilments WHERE store_id = $1');
    expect(parcels).toEqual([{ tracking_number: null }]);
    // Where a sale is taxed has to be shown for years; what the checkout knew of it is needed no more.
    const kept = `SELECT c.ip_country AS checkout, o.reasons -> 'placeOfSupply' ->> 'ipCountry' AS "order"
      FROM orders o JOIN checkouts c USING (store_id, checkout_id) WHERE o.store_id = $1`;
    expect(await shop.query(kept)).toEqual([{ checkout: null, order: 'FR' }]);
  });

  it('could ask before for all of it', async () => {
    const customerId = await aGuest();
    const told = await lab.db.read(shop.storeId, (store) =>
      customers().recordsOf(store, customerId),
    );
    expect(told).toMatchObject({
      orders: [
        {
          email,
          shippingAddress: { name: 'Grace Hopper' },
          lines: [
            { title: 'Linen shirt', quantity: 1, properties: [['Text', 'Engraved for Grace']] },
          ],
          placeOfSupply: { shippingCountry: 'DE', ipCountry: 'FR', conflicting: true },
          parcels: [{ number: '00340434161094021501' }],
        },
      ],
      contactMessages: [{ body: 'Is it engraved for me?' }],
      newsletterSignUps: [{ email }],
      abandonedCartMails: [{ email }],
      checkouts: [],
      returns: [{ note: 'Regards, Grace', lines: [{ reason: 'Too small for Grace' }] }],
    });
    const other = await aSellingStore(lab, 1);
    const foreign = lab.db.read(other.storeId, (store) => customers().recordsOf(store, customerId));
    await expect(foreign).rejects.toMatchObject({ code: 'customers.customer-not-found' });
  });

  it('is not erased while they are paying', async () => {
    const customerId = await aGuest();
    const { token } = await visit();
    await shop.pay(token);
    const { checkoutId } = await shop.read(token);
    const erase = () => lab.db.write(shop.storeId, (store) => customers().erase(store, customerId));
    await expect(erase()).rejects.toMatchObject({
      code: 'customers.orders-open',
      params: { orders: `checkout ${checkoutId}` },
    });
  });

  describe('of whom a gift was', () => {
    const grace: [string, string][] = [
      ['__send_gift_card_to_recipient', 'on'],
      ['Recipient email', 'Grace@example.test'],
      ['Recipient name', 'Grace Hopper'],
      ['Message', 'Dear Grace'],
    ];
    /** Ada buys Grace a gift card; answers Ada's customer id, Grace being a customer too. */
    const aGift = async (sendOn: string[]): Promise<{ ada: string; grace: string }> => {
      await shop.sql('UPDATE products SET gift_card = true WHERE store_id = $1');
      const days = sendOn.map((day): [string, string] => ['Send on', day]);
      const { token } = await shop.shopper([
        { variant: variant(), properties: [...grace, ...days] },
      ]);
      await shop.pay(token);
      await shop.tell(token, { kind: 'capture', status: 'succeeded' });
      await shop.settle(token);
      await lab.drain();
      return lab.db.write(shop.storeId, async (store) => ({
        ada: (await customers().findByEmail(store, 'ada@example.com'))?.id ?? '',
        grace:
          (await customers().findOrCreateByEmail(store, {
            email,
            firstName: 'Grace',
            lastName: 'Hopper',
            phone: null,
            locale: 'en',
          })) ?? '',
      }));
    };
    const erase = async (customerId: string) => {
      await lab.db.write(shop.storeId, (store) => customers().erase(store, customerId));
      await lab.drain();
    };
    const tomorrow = () => new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10);

    it('has left nothing either, and is told of it before', async () => {
      const { grace: graceId } = await aGift([]);
      expect(await traced()).toEqual(
        expect.arrayContaining(['checkouts', 'order_gift_recipients']),
      );
      const told = await lab.db.read(shop.storeId, (store) =>
        customers().recordsOf(store, graceId),
      );
      const [gift] = told['giftsReceived'] ?? [];
      expect(gift).toMatchObject({ name: 'Grace Hopper', message: 'Dear Grace' });
      await erase(graceId);
      // Ada lives on.
      expect((await traced(/grace|hopper/i)).filter((name) => !mayStay.includes(name))).toEqual([]);
    });

    it('gets what waits for its day still, and the buyer stays known until then', async () => {
      const { ada, grace: graceId } = await aGift([tomorrow()]);
      await erase(graceId);
      expect(await traced()).toContain('order_gift_recipients');
      await expect(erase(ada)).rejects.toMatchObject({
        code: expect.stringContaining('customers.'),
      });
      await shop.sql(`UPDATE order_gift_cards SET sent_at = now() WHERE store_id = $1`);
      await erase(ada);
      expect((await traced()).filter((name) => !mayStay.includes(name))).toEqual([]);
    });
  });
});
