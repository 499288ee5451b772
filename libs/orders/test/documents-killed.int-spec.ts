import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckoutModule } from '@libs/checkout';
import { OrderChecks, afterSales } from '@libs/orders';
import type { FaultPoint } from '@platform/config';
import { CheckoutWorkerModule } from '@worker/checkout';
import { NotificationsWorkerModule } from '@worker/notifications';
import { newId } from '@libs/kernel';
import { killAt, recover } from '../../checkout/test/rig/killed';
import { SweepGiftCards } from '../src/worker/sweep-gift-cards.job';
import type { Documents } from '../src/documents/documents.service';
import { openDocumentLab, writesDocuments } from './document-lab.builder';
import type { OrderLab, Sale, Shop } from './order-lab.builder';

jest.setTimeout(240_000);

interface Mail {
  to: string;
  messageId: string;
}

describe('a worker killed between two writes', () => {
  let lab: OrderLab & { documents: Documents };
  let shop: Shop;

  beforeAll(async () => {
    lab = await openDocumentLab([CheckoutModule, CheckoutWorkerModule, NotificationsWorkerModule]);
    shop = await lab.aShop([null]);
    await writesDocuments(lab, shop);
  });
  afterAll(() => lab.close());

  const documentsOf = ({ orderId }: Sale) =>
    shop.read((store) => lab.documents.ofOrder(store, orderId));

  it.each<FaultPoint>([
    'orders.document-noted',
    'orders.document-numbered',
    'orders.document-printed',
    'jobs.ran',
  ])(
    'at %s: each order has one invoice, and no number is left out or given twice',
    async (point) => {
      const sale = await shop.sell([1]);
      await killAt(lab.lab, shop.storeId, point);
      await recover(lab.lab);
      const issued = await documentsOf(sale);
      expect(issued.map(({ kind }) => kind)).toEqual(['invoice']);
      const next = await shop.sell([1]);
      await lab.lab.drain();
      const [after] = await documentsOf(next);
      expect(after?.number).toBe((issued[0]?.number ?? 0) + 1);
      const checks = lab.lab.get(OrderChecks);
      expect(await shop.read((store) => checks.check(store, null))).toEqual([]);
      const { timeline } = await shop.read((store) => lab.orders.get(store, sale.orderId));
      expect(timeline.filter(({ kind }) => kind === 'invoice_issued')).toHaveLength(1);
    },
  );

  const mailsAbout = async (codes: readonly string[]): Promise<string[]> => {
    const dir = join(lab.lab.home, 'mailbox');
    const files = (await readdir(dir)).filter((file) => file.endsWith('.json'));
    const texts = await Promise.all(files.map((file) => readFile(join(dir, file), 'utf8')));
    return texts.filter((text) => codes.some((code) => text.includes(code)));
  };

  it.each<FaultPoint>(['notifications.mail-sent', 'notifications.mail-noted', 'jobs.ran'])(
    'at %s: whom a gift was for has it once, and so the buyer is told',
    async (point) => {
      const [buyer, friend] = [`ada-${newId()}@example.test`, `grace-${newId()}@example.test`];
      const recipient = { email: friend, name: null, message: null, sendOn: '2099-01-01' };
      const wish = { giftCards: true, shippingMinor: 0, email: buyer, recipient };
      const { orderId } = await shop.sell([1], wish);
      await lab.lab.drain();
      await shop.write((store) =>
        store.execute('UPDATE order_gift_cards SET due_at = now() WHERE order_id = $1', [orderId]),
      );
      await lab.lab.get(SweepGiftCards).tick();
      await killAt(lab.lab, shop.storeId, point);
      await recover(lab.lab);
      await lab.lab.get(SweepGiftCards).tick();
      await recover(lab.lab);
      const dir = join(lab.lab.home, 'mailbox');
      const files = (await readdir(dir)).filter((file) => file.endsWith('.json'));
      const mails = await Promise.all(
        files.map(async (file) => JSON.parse(await readFile(join(dir, file), 'utf8')) as Mail),
      );
      // A mailbox shows mails of one id once.
      const shown = (to: string) =>
        new Set(mails.filter((mail) => mail.to === to).map(({ messageId }) => messageId)).size;
      expect([shown(friend), shown(buyer)]).toEqual([1, 2]);
      const { timeline } = await shop.read((store) => lab.orders.get(store, orderId));
      expect(timeline.filter(({ kind }) => kind === 'gift_cards_sent')).toHaveLength(1);
      const told = timeline.filter(({ kind }) => kind === 'mail_sent').map(({ data }) => data.mail);
      expect(told).toHaveLength(3);
      expect(new Set(told)).toEqual(new Set(['confirmed', 'gift_received', 'gift_sent']));
    },
  );

  it('mails the codes of gift cards to who bought them: in one mail, and nowhere else', async () => {
    const sale = await shop.sell([2], { giftCards: true, shippingMinor: 0 });
    await killAt(lab.lab, shop.storeId, 'notifications.mail-sent');
    await recover(lab.lab);
    const sold = lab.lab.get(afterSales.SoldGiftCards);
    const codes = await shop.read(async (store) => {
      const cards = await store.query<{ id: string }>(
        'SELECT account_id AS id FROM order_gift_cards WHERE order_id = $1',
        [sale.orderId],
      );
      const ids = cards.map(({ id }) => id);
      return (await sold.codes(store, sale.orderId, ids)).map(({ code }) => code);
    });
    expect(codes).toHaveLength(2);
    const mails = await mailsAbout(codes);
    // Who was killed after sending sends again, under the same name: a mailbox shows it once.
    const sent = mails.map((mail) => JSON.parse(mail) as Mail);
    expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(1);
    expect(new Set(sent.map(({ to }) => to))).toEqual(new Set(['ada@example.test']));
    for (const code of codes) expect(mails[0]).toContain(code);
    // Events, jobs, webhooks and the timeline are rows: none of them knows a code.
    const [rows] = await lab.lab.db.acrossStores('look for codes', (tx) =>
      tx.query<{ text: string }>(
        `SELECT concat((SELECT jsonb_agg(j) FROM jobs j), (SELECT jsonb_agg(e) FROM order_events e),
           (SELECT jsonb_agg(o) FROM outbox_events o), (SELECT jsonb_agg(w) FROM webhook_events w),
           (SELECT jsonb_agg(a) FROM audit_log a)) AS text`,
      ),
    );
    expect(rows?.text).toContain(sale.orderId);
    for (const code of codes) {
      expect(rows?.text).not.toContain(code);
      expect(rows?.text).not.toContain(code.replaceAll('-', ''));
    }
  });
});
