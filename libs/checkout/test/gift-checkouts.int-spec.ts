import type { Lab } from '@testing';
import { type SellingStore, aSellingStore, openCheckoutLab } from './checkout-lab.builder';

const captured = { kind: 'capture', status: 'succeeded' } as const;

describe('a checkout of a gift card for somebody', () => {
  let lab: Lab;
  let shop: SellingStore;

  beforeAll(async () => {
    lab = await openCheckoutLab();
    shop = await aSellingStore(lab);
    await shop.sql('UPDATE products SET gift_card = true WHERE store_id = $1');
  });
  afterAll(() => lab.close());

  it('becomes an order that keeps who it is in one place', async () => {
    const properties: [string, string][] = [
      ['__shopify_send_gift_card_to_recipient', 'on'],
      ['Recipient email', 'grace@example.test'],
      ['Recipient name', 'Grace'],
      ['Message', ''],
      ['Wrap', 'red'],
    ];
    const { token } = await shop.shopper([
      { variant: shop.goods.small.id, quantity: 2, properties },
    ]);
    await shop.pay(token);
    await shop.tell(token, captured);
    await shop.settle(token);
    const rows = await lab.db.read(shop.storeId, (store) =>
      store.query(
        `SELECT r.email, r.name, r.message, r.send_on, l.properties FROM order_gift_recipients r
         JOIN order_lines l USING (store_id, order_line_id)`,
      ),
    );
    expect(rows).toEqual([
      {
        email: 'grace@example.test',
        name: 'Grace',
        message: null,
        send_on: null,
        properties: [['Wrap', 'red']],
      },
    ]);
  });
});
