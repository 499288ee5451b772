import { afterSales, OrdersModule } from '@libs/orders';
import { newId } from '@libs/kernel';
import { OrdersWorkerModule } from '@worker/orders';
import { NotificationsWorkerModule } from '@worker/notifications';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import type { GiftRecipient } from '../src/gift-cards/recipient';
import { SweepGiftCards } from '../src/worker/sweep-gift-cards.job';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';

const grace: GiftRecipient = {
  email: 'grace@example.test',
  name: 'Grace Hopper',
  message: 'Happy {birthday}!',
  sendOn: null,
};

describe('gift cards that are for somebody else', () => {
  let lab: OrderLab;
  let shop: Shop;
  let buyer: string;

  beforeAll(async () => {
    lab = await openOrderLab([OrdersModule, OrdersWorkerModule, NotificationsWorkerModule]);
  });
  beforeEach(async () => {
    shop = await lab.aShop([null]);
    buyer = `ada-${newId()}@example.test`;
  });
  afterAll(() => lab.close());

  const cards = () => lab.lab.get(afterSales.SoldGiftCards);
  const sell = (recipient: GiftRecipient | null, locale = 'en', quantity = 1) =>
    shop.sell([quantity], { shippingMinor: 0, giftCards: true, email: buyer, locale, recipient });
  const friend = (more: Partial<GiftRecipient> = {}) => ({
    ...grace,
    email: `grace-${newId()}@example.test`,
    ...more,
  });
  const inDays = async (days: number): Promise<string> => {
    const [day] = await shop.read((store) =>
      store.query<{ day: string }>(
        `SELECT ((now() AT TIME ZONE time_zone)::date + $1::int)::text AS day FROM stores`,
        [days],
      ),
    );
    return day?.day ?? '';
  };
  /** Lets the time pass until the cards of the store are due, as the database sees it. */
  const untilDue = () =>
    shop.write((store) =>
      store.execute(`UPDATE order_gift_cards SET due_at = now() - interval '1 minute'
        WHERE due_at IS NOT NULL AND sent_at IS NULL`),
    );
  const sweep = async () => {
    await lab.lab.get(SweepGiftCards).tick();
    await lab.lab.drain();
  };
  const mailsTo = async (address: string | null): Promise<Email[]> => {
    await lab.lab.drain();
    const folder = join(lab.lab.home, 'mailbox');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
    const mails = await Promise.all(
      names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))),
    );
    return mails.filter((mail) => mail.to?.[0]?.address === address);
  };
  const codesOf = async ({ orderId }: Sale) => {
    const lines = await shop.read((store) => cards().lines(store, orderId));
    const ids = lines.flatMap((line) => line.cards.map(({ id }) => id));
    return shop.read((store) => cards().codes(store, orderId, ids));
  };
  const place = ({ orderId, lineIds }: Sale) => ({ orderId, lineId: lineIds[0] ?? '' });

  it('are mailed to them once they are paid; the buyer is told so without the code', async () => {
    const recipient = friend();
    const sale = await sell(recipient);
    const [mail, ...more] = await mailsTo(recipient.email);
    expect(more).toEqual([]);
    const [{ code } = { code: '' }] = await codesOf(sale);
    expect(code).not.toBe('');
    expect(mail?.subject).toContain('Ada Lovelace');
    expect(mail?.text).toContain(code);
    expect(mail?.html).toContain(`<bdi>${code}</bdi>`);
    expect(mail?.text).toContain('Happy ❴birthday❵!');
    expect(mail?.text).toContain('Hello Grace Hopper');
    expect(`${mail?.subject} ${mail?.text} ${mail?.html}`).not.toContain(sale.name);
    expect(mail?.text).not.toContain('/orders/');
    const own = await mailsTo(buyer);
    expect(own.map(({ subject }) => subject)).toEqual([
      expect.stringContaining(sale.name),
      'Your gift was sent to Grace Hopper',
    ]);
    for (const { text, html } of own) expect(`${text} ${html}`).not.toContain(code);
  });

  it('are not mailed for a test order, which has none', async () => {
    const recipient = friend();
    const wish = { shippingMinor: 0, giftCards: true, email: buyer, recipient };
    await shop.sell([1], { ...wish, test: true });
    expect(await mailsTo(recipient.email)).toEqual([]);
    await shop.sell([1], wish);
    expect(await mailsTo(recipient.email)).toHaveLength(1);
  });

  it.each([
    ['de', 'schenkt Ihnen', 'Ihr Geschenk'],
    ['zh-CN', '送您一张', '您的礼物'],
    ['ar', 'أهداك', 'أُرسلت هديتك'],
  ])('speak %s', async (locale, words, told) => {
    const recipient = friend({ message: null });
    await sell(recipient, locale);
    const [mail] = await mailsTo(recipient.email);
    expect(mail?.text).toContain(words);
    expect((await mailsTo(buyer)).at(-1)?.subject).toContain(told);
  });

  it('wait for their day, which begins where the store is, and are mailed once however often it is looked', async () => {
    await shop.write((store) =>
      store.execute(`UPDATE stores SET time_zone = 'Pacific/Auckland' WHERE store_id = $1`, [
        shop.storeId,
      ]),
    );
    const recipient = friend({ sendOn: await inDays(30) });
    const sale = await sell(recipient, 'en', 2);
    await sweep();
    expect(await mailsTo(recipient.email)).toEqual([]);
    const [due] = await shop.read((store) =>
      store.query<{ local: string }>(
        `SELECT to_char(due_at AT TIME ZONE 'Pacific/Auckland', 'YYYY-MM-DD HH24:MI') AS local FROM order_gift_cards`,
      ),
    );
    expect(due?.local).toBe(`${recipient.sendOn} 00:00`);
    await untilDue();
    const ticks = [1, 2, 3].map(() => lab.lab.get(SweepGiftCards).tick());
    await Promise.all([...ticks, lab.lab.drain(), lab.lab.drain()]);
    await sweep();
    const [mail, ...more] = await mailsTo(recipient.email);
    expect(more).toEqual([]);
    for (const { code } of await codesOf(sale)) expect(mail?.text).toContain(code);
    expect(await mailsTo(buyer)).toHaveLength(2);
  });

  it('are not mailed when their order was cancelled or refunded before the day', async () => {
    const sendOn = await inDays(3);
    const [first, second] = [friend({ sendOn }), friend({ sendOn })];
    const cancelled = await sell(first);
    const refunded = await sell(second, 'en', 2);
    await lab.lab.drain();
    await shop.write((store) =>
      lab.orders.cancel(store, cancelled.orderId, { reason: 'other', refund: true, restock: true }),
    );
    const lines = [{ lineId: refunded.lineIds[0] ?? '', quantity: 1, restock: 'cancel' as const }];
    await shop.write((store) =>
      lab.orders.refund(store, refunded.orderId, {
        key: newId(),
        lines,
        charges: [],
        freeMinor: 0,
      }),
    );
    await untilDue();
    await sweep();
    expect(await mailsTo(first.email)).toEqual([]);
    const [mail] = await mailsTo(second.email);
    const codes = (await codesOf(refunded)).map(({ code }) => code);
    expect(codes).toHaveLength(1);
    expect(mail?.text?.match(/Vase, €50\.00/g)).toHaveLength(1);
    expect(mail?.text).toContain(codes[0]);
  });

  it('may be given to another until they are mailed, and not after', async () => {
    const [before, after] = [friend({ sendOn: await inDays(3) }), friend()];
    const sale = await sell(before);
    await lab.lab.drain();
    const change = (patch: Parameters<ReturnType<typeof cards>['change']>[2]) =>
      shop.write((store) => cards().change(store, place(sale), patch));
    await expect(change({ sendOn: await inDays(91) })).rejects.toMatchObject({
      code: 'orders.gift-day',
    });
    await expect(change({ sendOn: await inDays(-1) })).rejects.toMatchObject({
      code: 'orders.gift-day',
    });
    await change({ email: after.email ?? '', sendOn: null });
    await sweep();
    expect(await mailsTo(before.email)).toEqual([]);
    expect(await mailsTo(after.email)).toHaveLength(1);
    await expect(change({ name: 'Linus' })).rejects.toMatchObject({
      code: 'orders.gift-cards-sent',
    });
  });

  it('are mailed by hand before their day or once more, the same asking once', async () => {
    const recipient = friend({ sendOn: await inDays(3) });
    const sale = await sell(recipient);
    await lab.lab.drain();
    const send = (key: string) => shop.write((store) => cards().send(store, place(sale), key));
    // A mailbox shows mails of one id once.
    const shown = async (to: string | null) =>
      new Set((await mailsTo(to)).map(({ messageId }) => messageId)).size;
    await send('a');
    await send('a');
    expect(await shown(recipient.email)).toBe(1);
    await send('b');
    expect(await shown(recipient.email)).toBe(2);
    await untilDue();
    await sweep();
    expect(await shown(recipient.email)).toBe(2);
    expect(await shown(buyer)).toBe(2);
    const own = await sell(null);
    await lab.lab.drain();
    await shop.write((store) => cards().send(store, place(own), 'c'));
    expect(await shown(buyer)).toBe(5);
  });

  it('show whom they are for, when they go and when they went', async () => {
    const sendOn = await inDays(3);
    const recipient = friend({ sendOn });
    const { orderId, lineIds } = await sell(recipient);
    await lab.lab.drain();
    const [line] = await shop.read((store) => cards().lines(store, orderId));
    expect(line).toMatchObject({ id: lineIds[0], amountMinor: 5000, currency: 'EUR', recipient });
    expect(line?.cards).toEqual([
      expect.objectContaining({ sentAt: null, withdrawnAt: null, dueAt: expect.any(String) }),
    ]);
    await untilDue();
    await sweep();
    const [sent] = await shop.read((store) => cards().lines(store, orderId));
    expect(sent?.cards[0]?.sentAt).not.toBeNull();
    const { lines } = await shop.read((store) => lab.orders.get(store, orderId));
    expect(lines[0]?.recipient).toEqual(recipient);
  });
});
