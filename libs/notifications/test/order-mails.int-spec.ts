import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { newId } from '@libs/kernel';
import { Pages } from '@libs/content';
import { OrderEdited } from '@libs/orders';
import type { StoreWriter } from '@platform/database';
import { NotificationsWorkerModule } from '@worker/notifications';
import { testOrderWords } from '../src/mails/test-order-words';
import { templateOf } from '../src/mails/mail-kinds';
import { MailTemplates } from '../src/mails/mail-templates.service';
import { orderMailWords } from '../src/mails/order-mails';
import { type OrderLab, openOrderLab, type Shop } from '../../orders/test/order-lab.builder';

describe('mails about an order', () => {
  let lab: OrderLab;
  let shop: Shop;

  beforeAll(async () => {
    lab = await openOrderLab([NotificationsWorkerModule]);
    shop = await lab.aShop([99]);
  });
  afterAll(() => lab.close());

  const mails = async (to: string): Promise<Email[]> => {
    await lab.lab.drain();
    const folder = join(lab.lab.home, 'mailbox');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
    const all = await Promise.all(
      files.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))),
    );
    return all.filter((mail) => mail.to?.[0]?.address === to);
  };

  it('say where to withdraw in a store’s own words that do not, where the law asks for it', async () => {
    const words = { subject: 'Thanks', body: 'We are on it.\n\n{{#button}}Look{{/button}}' };
    await shop.write((store) =>
      lab.lab.get(MailTemplates).save(store, 'order.confirmed', 'en', words),
    );
    const at = (email: string, country: string) => ({
      email,
      shippingAddress: { name: 'Mia', address1: '1 High Street', city: 'Town', country },
    });
    await shop.sell([1], at('in-de@example.test', 'DE'));
    const [inside] = await mails('in-de@example.test');
    expect(inside?.text).toContain('We are on it.');
    expect(inside?.text).toMatch(/Withdraw from contract here: https?:\/\/\S+\/withdraw\?order=/);
    await shop.write((store) => lab.lab.get(MailTemplates).reset(store, 'order.confirmed', 'en'));
  });

  it('confirm it, tell of its parcels and refunds, each with a link that opens it', async () => {
    const email = 'ada@example.test';
    const sale = await shop.sell([2], { email });
    const { orderId } = sale;
    await shop.write((store) =>
      lab.orders.fulfil(store, orderId, {
        key: newId(),
        lines: [{ lineId: sale.lineIds[0] ?? '', quantity: 1 }],
        tracking: { number: '1Z999AA10123456784' },
      }),
    );
    await shop.write((store) => lab.orders.fulfil(store, orderId, { key: newId(), notify: false }));
    await shop.write((store) =>
      lab.orders.refund(store, orderId, { key: newId(), lines: [], charges: [], freeMinor: 1234 }),
    );
    const [confirmed, shipped, refunded, ...more] = await mails(email);
    expect(more).toEqual([]);
    expect(confirmed?.subject).toContain(sale.name);
    expect(confirmed?.text).toContain('2 × Vase, Blue: €100.00');
    expect(confirmed?.text).toContain(
      'Subtotal: €100.00\nShipping Parcel: €4.90\nVAT 19% included: €15.97',
    );
    expect(confirmed?.text).toContain('€104.90');
    expect(shipped?.text).toMatch(/1 × Vase, Blue$/m);
    expect(shipped?.text).toContain('UPS 1Z999AA10123456784 https://www.ups.com/');
    expect(refunded?.text).toContain('€12.34');
    expect(refunded?.text).toContain('€12.34 the way you paid');
    for (const mail of [confirmed, shipped, refunded]) {
      const token = /\/orders\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
      expect(await shop.read((store) => lab.orders.findByStatusToken(store, token))).toMatchObject({
        orderId,
        givenBy: 'mail',
      });
    }
    const { timeline } = await shop.read((store) => lab.orders.get(store, orderId));
    const sent = timeline.filter(({ kind }) => kind === 'mail_sent').map(({ data }) => data.mail);
    expect(sent).toEqual(['confirmed', 'shipped', 'refunded']);
  });

  it.each([
    ['en', 'on its way'],
    ['de', 'unterwegs'],
    ['zh-CN', '发货后'],
    ['ar', 'عند شحن الطلب'],
  ])(
    'say in %s that goods will be on their way, and not of what is not sent',
    async (locale, words) => {
      let nth = 0;
      const confirmed = async (giftCards: boolean) => {
        nth += 1;
        const email = `sent-${nth}-${locale.toLowerCase()}@example.test`;
        await shop.sell([1], { email, locale, giftCards });
        return (await mails(email))[0]?.text;
      };
      expect(await confirmed(false)).toContain(words);
      const ofGift = await confirmed(true);
      expect(ofGift).toContain('/orders/');
      expect(ofGift).not.toContain(words);
      const own = templateOf(orderMailWords('confirmed', locale));
      const keep = (store: StoreWriter) =>
        lab.lab.get(MailTemplates).save(store, 'order.confirmed', locale, own);
      await shop.write(keep);
      expect(await confirmed(false)).toContain(words);
      expect(await confirmed(true)).not.toContain(words);
      await shop.write((store) =>
        lab.lab.get(MailTemplates).reset(store, 'order.confirmed', locale),
      );
    },
  );

  it.each(['en', 'de', 'zh-CN', 'ar'])(
    'say first in %s that an order is a test',
    async (locale) => {
      const words = testOrderWords(locale);
      const sold = async (test: boolean) => {
        const email = `${test ? 'tried' : 'real'}-${locale.toLowerCase()}@example.test`;
        const { orderId } = await shop.sell([1], { email, locale, test });
        await shop.write((store) => lab.orders.fulfil(store, orderId, { key: newId() }));
        return mails(email);
      };
      const tried = await sold(true);
      expect(tried).toHaveLength(2);
      for (const { text, html } of tried) {
        expect(text?.startsWith(words)).toBe(true);
        expect(html).toContain(words);
      }
      for (const { text, html } of await sold(false)) expect(`${text}${html}`).not.toContain(words);
    },
  );

  it('end with the policies of the store that shoppers can read', async () => {
    const pages = lab.lab.get(Pages);
    const ids = await shop.write(async (store) => {
      const terms = await pages.create(store, { title: 'Terms' });
      const privacy = await pages.create(store, { title: 'Privacy', published: false });
      await pages.setPolicies(store, {
        termsPageId: terms.pageId,
        privacyPageId: privacy.pageId,
      });
      return [terms.pageId, privacy.pageId];
    });
    await shop.sell([1], { email: 'policies@example.test', locale: 'de' });
    const [mail] = await mails('policies@example.test');
    expect(mail?.text).toMatch(/\nAGB: https?:\/\/\S+\/pages\/terms\n?$/);
    expect(mail?.html).toContain('/pages/terms"');
    expect(mail?.html).not.toContain('/pages/privacy');
    for (const id of ids) await shop.write((store) => pages.delete(store, id));
  });

  it('tell what an order is after it was changed, unless staff chose not to', async () => {
    const email = 'changed@example.test';
    const { orderId } = await shop.sell([1], { email });
    const say = (revision: number, notify: boolean) =>
      shop.write((store) =>
        Promise.resolve(store.publish(OrderEdited, { orderId, revision, notify })),
      );
    await say(1, true);
    await say(2, false);
    const [, edited, ...more] = await mails(email);
    expect(more).toEqual([]);
    expect(edited?.subject).toContain('was changed');
    expect(edited?.text).toContain('1 × Vase, Blue');
  });

  it.each([
    ['de-AT', 'storniert', 'ltr'],
    ['zh-CN', '已取消', 'ltr'],
    ['ar', 'أُلغي', 'rtl'],
    ['sw', 'is cancelled', 'ltr'],
  ])('speak %s', async (locale, word, direction) => {
    const email = `${locale.toLowerCase()}@example.test`;
    const { orderId } = await shop.sell([1], { email, locale });
    const wish = { reason: 'customer', refund: false, restock: true } as const;
    await shop.write((store) => lab.orders.cancel(store, orderId, wish));
    const [, cancelled] = await mails(email);
    expect(cancelled?.subject).toContain(word);
    expect(cancelled?.html).toContain(`dir="${direction}"`);
  });

  it('lead to pages in the shopper’s language where the store has it beside its first one', async () => {
    await shop.write((store) =>
      store.execute(`UPDATE stores SET other_locales = '{fr,de}' WHERE store_id = $1`, [
        store.storeId,
      ]),
    );
    const germany = { name: 'Mia', address1: 'Torstraße 1', city: 'Berlin', country: 'DE' };
    const texts = async (locale: string) => {
      const email = `pages-${locale.toLowerCase()}@example.test`;
      await shop.sell([1], { email, locale, shippingAddress: germany });
      return (await mails(email)).map(({ text }) => text ?? '').join('\n');
    };
    const german = await texts('de');
    expect(german).toMatch(/\/\/[^/\s]+\/de\/orders\/[\w-]+/);
    expect(german).toMatch(/\/\/[^/\s]+\/de\/withdraw\?order=/);
    for (const locale of ['en', 'ar']) expect(await texts(locale)).toMatch(/\/\/[^/\s]+\/orders\//);
  });

  it('tell how a return stands: asked for, to be sent, declined and why', async () => {
    const email = 'returns@example.test';
    const { orderId, lineIds } = await shop.sell([1], { email });
    await shop.write((store) => lab.orders.fulfil(store, orderId, { key: newId(), notify: false }));
    const lines = [{ lineId: lineIds[0] ?? '', quantity: 1 }];
    const ask = () =>
      shop.write((store) =>
        lab.orders.requestReturn(store, orderId, { key: newId(), by: 'customer', lines }),
      );
    const decide = (returnId: string, state: 'approved' | 'declined', declineReason?: string) =>
      shop.write((store) =>
        lab.orders.decideReturn(store, { orderId, returnId }, { state, declineReason }),
      );
    await decide(await ask(), 'declined', 'It was used.');
    await decide(await ask(), 'approved');
    const subjects = (await mails(email)).map(({ subject, text }) => [subject, text] as const);
    const count = (word: string) => subjects.filter(([subject]) => subject?.includes(word)).length;
    expect([count('We received your return'), count('Please send back')]).toEqual([2, 1]);
    const declined = subjects.find(([subject]) => subject?.startsWith('About your return'));
    expect(declined?.[1]).toContain('1 × Vase, Blue');
    expect(declined?.[1]).toContain('It was used.');
  });

  it('are sent to nobody where nobody left an address', async () => {
    const { orderId } = await shop.sell([1], { email: null });
    await lab.lab.drain();
    const { timeline } = await shop.read((store) => lab.orders.get(store, orderId));
    expect(timeline.map(({ kind }) => kind)).toEqual(['placed']);
  });
});
