import { CheckoutModule } from '@libs/checkout';
import { newId } from '@libs/kernel';
import { OrderChecks } from '@libs/orders';
import { CheckoutWorkerModule } from '@worker/checkout';
import { NotificationsWorkerModule } from '@worker/notifications';
import { type Moment, killAt, recover } from '../../checkout/test/rig/killed';
import type { Documents } from '../src/documents/documents.service';
import { openDocumentLab, writesDocuments } from './document-lab.builder';
import type { OrderLab, Sale, Shop } from './order-lab.builder';
import { type Step, takeStep } from './sequence-steps';

jest.setTimeout(240_000);

describe('a worker killed while it corrects an invoice', () => {
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
  const take = (sale: Sale, what: Step) => takeStep({ lab, shop, sale, chargeId: '' }, what);

  /** What becomes of an order that has its invoice; what brings its documents is left to be done. */
  const changes: Record<string, (sale: Sale) => Promise<unknown>> = {
    'a refund': async (sale) => {
      await shop.write((store) =>
        lab.orders.refund(store, sale.orderId, {
          key: newId(),
          lines: [{ lineId: sale.lineIds[0] ?? '', quantity: 1, restock: 'cancel' }],
          charges: [],
          freeMinor: 0,
          reason: null,
        }),
      );
      await lab.lab.drain();
      await shop.answer(sale);
    },
    'an edit': (sale) =>
      take(sale, { kind: 'edit', line: 0, quantity: 1, added: 3, percent: null }),
    'an exchange': async (sale) => {
      await take(sale, { kind: 'fulfil-all' });
      await lab.lab.drain();
      await take(sale, { kind: 'exchange', line: 0, quantity: 1, for: 0, unit: 6_500 });
    },
  };

  it.each<[string, Moment, string[]]>([
    ['a refund', 'orders.document-numbered', ['credit_note']],
    ['an edit', 'orders.document-numbered#2', ['credit_note', 'invoice']],
    ['an exchange', 'orders.document-noted#2', ['credit_note', 'invoice']],
  ])('issues what %s brings once, killed at %s', async (what, point, brings) => {
    const sale = await shop.sell([2], { shippingMinor: 0 });
    await lab.lab.drain();
    await changes[what]?.(sale);
    await killAt(lab.lab, shop.storeId, point);
    await recover(lab.lab);
    const [first, ...more] = await documentsOf(sale);
    expect(first?.kind).toBe('invoice');
    expect(more.map(({ kind }) => kind).sort()).toEqual(brings);
    expect(more.map(({ correctsId }) => correctsId)).toEqual(more.map(() => first?.id));
    const checks = lab.lab.get(OrderChecks);
    expect(await shop.read((store) => checks.check(store, null))).toEqual([]);
    const { timeline } = await shop.read((store) => lab.orders.get(store, sale.orderId));
    const told = timeline.filter(({ kind }) => /^(invoice|credit_note)_issued$/.test(kind));
    expect(told).toHaveLength(1 + brings.length);
  });
});
