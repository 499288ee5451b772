import * as fc from 'fast-check';
import { CheckoutModule } from '@libs/checkout';
import { AppError, newId } from '@libs/kernel';
import { OrderChecks, OrdersModule } from '@libs/orders';
import { OrdersWorkerModule } from '@worker/orders';
import type { DocumentView } from '../src/documents/document-rows.queries';
import { Documents } from '../src/documents/documents.service';
import { printDocument } from '../src/documents/pdf/print-document';
import { writesDocuments } from './document-lab.builder';
import { type OrderLab, openOrderLab, type Sale, type Shop } from './order-lab.builder';
import { readPdf } from './read-pdf';
import { anyStep, type Step, takeStep } from './sequence-steps';

/** What invoices less credit notes come to. */
function documented(documents: readonly DocumentView[]) {
  const sum = { net: 0, tax: 0, gross: 0 };
  for (const { kind, content } of documents) {
    const sign = kind === 'invoice' ? 1 : -1;
    sum.net += sign * content.totals.netMinor;
    sum.tax += sign * content.totals.taxMinor;
    sum.gross += sign * content.totals.grossMinor;
  }
  return sum;
}

describe('documents of orders that change', () => {
  let lab: OrderLab & { documents: Documents };
  let shop: Shop;

  beforeAll(async () => {
    const orders = await openOrderLab([OrdersModule, CheckoutModule, OrdersWorkerModule]);
    lab = { ...orders, documents: orders.lab.get(Documents) };
  });
  afterAll(() => lab.close());

  const ofOrder = ({ orderId }: Sale) =>
    shop.read((store) => lab.documents.ofOrder(store, orderId));
  const take = (sale: Sale, what: Step) => takeStep({ lab, shop, sale, chargeId: '' }, what);
  const edit = { kind: 'edit', line: 0, quantity: 2, added: 0, percent: null } as const;

  describe('one by one', () => {
    beforeEach(async () => {
      shop = await lab.aShop([20, null]);
      await writesDocuments(lab, shop);
    });

    it('invoices what an edit added and credits what it took away, referring to the first invoice', async () => {
      const sale = await shop.sell([2, 2], { shippingMinor: 0 });
      await lab.lab.drain();
      await take(sale, { ...edit, quantity: 1, added: 3 });
      await lab.lab.drain();
      const [first, credit, further, ...none] = await ofOrder(sale);
      expect(none).toEqual([]);
      expect(first?.correctsId).toBeNull();
      const { name, content } = first ?? fail();
      const corrects = { name, issuedOn: content.issuedOn };
      expect(credit).toMatchObject({
        kind: 'credit_note',
        name: 'CN-1',
        correctsId: first?.id,
        refundId: null,
        content: { corrects, rows: [{ title: 'Vase', quantity: 1 }] },
      });
      expect(credit?.content.totals.grossMinor).toBe(5000);
      expect(further).toMatchObject({
        kind: 'invoice',
        name: 'INV-2',
        correctsId: first?.id,
        content: { corrects, owedMinor: 10_000, rows: [{ title: 'Vase', quantity: 3 }] },
      });
      expect(further?.content.totals.grossMinor).toBe(15_000);
      const { pages } = await readPdf(await printDocument(further ?? fail()));
      expect(pages.join('\n')).toContain(`Adds to invoice \u2068${name}`.replaceAll('\u2068', ''));
    });

    it('credits what came back in exchange and invoices what replaces it', async () => {
      const sale = await shop.sell([1, 1], { shippingMinor: 0 });
      await take(sale, { kind: 'fulfil-all' });
      await lab.lab.drain();
      await take(sale, { kind: 'exchange', line: 0, quantity: 1, for: 1, unit: 6500 });
      await lab.lab.drain();
      const [, credit, further, ...none] = await ofOrder(sale);
      expect(none).toEqual([]);
      expect(credit).toMatchObject({
        kind: 'credit_note',
        content: { corrects: { name: 'INV-1' } },
      });
      expect(credit?.refundId).not.toBeNull();
      expect(credit?.content.totals.grossMinor).toBe(5000);
      expect(further?.content.totals.grossMinor).toBe(6500);
      const units = further?.content.rows.filter(({ quantity }) => quantity !== null);
      expect(units).toMatchObject([{ quantity: 1, unitMinor: 6500 }]);
    });

    it('names the further invoice where what goes back stands on it', async () => {
      const sale = await shop.sell([1, 1], { shippingMinor: 0 });
      await lab.lab.drain();
      await take(sale, { ...edit, quantity: 1, added: 2 });
      await lab.lab.drain();
      const { lines } = await shop.read((store) => lab.orders.get(store, sale.orderId));
      const added = { ...sale, lineIds: [lines.at(-1)?.id ?? ''] };
      await take(added, { kind: 'edit', line: 0, quantity: 1, added: 0, percent: null });
      await lab.lab.drain();
      const [, further, credit] = await ofOrder(sale);
      expect(credit?.content.corrects?.name).toBe('INV-2');
      expect(credit).toMatchObject({ kind: 'credit_note', correctsId: further?.id });
    });

    it('credits a cancelled order that nothing was paid of', async () => {
      const sale = await shop.sell([1], { money: 'none' });
      await shop.write((store) => lab.documents.issueInvoice(store, sale.orderId));
      await take(sale, { kind: 'cancel', refund: true, restock: true });
      await lab.lab.drain();
      const issued = await ofOrder(sale);
      expect(issued.map(({ name }) => name)).toEqual(['INV-1', 'CN-1']);
      expect(documented(issued).gross).toBe(0);
    });

    it('credits a cancelled order once, though its money comes after that and goes back', async () => {
      const sale = await shop.sell([1], { money: 'authorized', shippingMinor: 0 });
      await shop.write((store) => lab.documents.issueInvoice(store, sale.orderId));
      await take(sale, { kind: 'capture', amount: undefined });
      await take(sale, { kind: 'cancel', refund: false, restock: true });
      await lab.lab.drain();
      await take(sale, { kind: 'answer' });
      await lab.lab.drain();
      await take(sale, {
        kind: 'refund',
        line: 0,
        quantity: 1,
        restock: 'no_restock',
        shipping: 0,
        free: 0,
      });
      await take(sale, { kind: 'answer' });
      await lab.lab.drain();
      const order = await shop.read((store) => lab.orders.get(store, sale.orderId));
      expect([order.capturedMinor, order.refundedMinor]).toEqual([5000, 5000]);
      const issued = await ofOrder(sale);
      expect(issued.map(({ name }) => name)).toEqual(['INV-1', 'CN-1']);
    });

    it('credits no refund of what was paid too much: what it was for is credited already', async () => {
      const sale = await shop.sell([2], { shippingMinor: 0 });
      await lab.lab.drain();
      await take(sale, { ...edit, quantity: 1 });
      await take(sale, { kind: 'give-over' });
      await take(sale, { kind: 'answer' });
      await lab.lab.drain();
      const issued = await ofOrder(sale);
      expect(issued.map(({ name }) => name)).toEqual(['INV-1', 'CN-1']);
      const { refunds } = await shop.read((store) => lab.orders.get(store, sale.orderId));
      await expect(
        shop.write((store) =>
          lab.documents.issueCreditNote(store, sale.orderId, refunds[0]?.id ?? newId()),
        ),
      ).rejects.toMatchObject({ code: 'orders.refund-of-surplus' });
    });
  });

  /** Whether the order was cancelled and credited before: money that comes later is of no supply. */
  let wasGone = false;

  /** What documents of the order as it is now have to come to. */
  const wanted = async (sale: Sale) => {
    const order = await shop.read((store) => lab.orders.get(store, sale.orderId));
    const credited = order.refunds.filter(
      ({ kind, state }) => kind !== 'overpaid' && state === 'succeeded',
    );
    const gross = credited.reduce((all, refund) => all - refund.amountMinor, order.totalMinor);
    const tax = credited.reduce((all, refund) => all - refund.taxMinor, order.taxMinor);
    const isGone = order.state === 'cancelled' && order.capturedMinor === order.refundedMinor;
    wasGone ||= isGone;
    if (wasGone) return { net: 0, tax: 0, gross: 0 };
    return { net: gross - tax, tax, gross };
  };

  const examine = async (sale: Sale): Promise<DocumentView[]> => {
    const issued = await ofOrder(sale);
    if (issued.length === 0) return issued;
    expect(documented(issued)).toEqual(await wanted(sale));
    for (const { content } of issued) {
      const { rows, rates, totals } = content;
      expect(totals.grossMinor).toBeGreaterThanOrEqual(0);
      expect(totals.grossMinor).toBe(totals.netMinor + totals.taxMinor);
      expect(rates.reduce((all, rate) => all + rate.netMinor, 0)).toBe(totals.netMinor);
      expect(rates.reduce((all, rate) => all + rate.taxMinor, 0)).toBe(totals.taxMinor);
      for (const { quantity, unitMinor, discountMinor, netMinor, taxMinor } of rows)
        if (quantity !== null && unitMinor !== null)
          expect(quantity * unitMinor - discountMinor).toBe(netMinor + taxMinor);
    }
    const checks = lab.lab.get(OrderChecks);
    expect(await shop.read((store) => checks.check(store, null))).toEqual([]);
    return issued;
  };

  it('come to what the order costs by then, after any sequence of what happens to it', async () => {
    const kinds = { invoice: 0, credit_note: 0, further: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('captured' as const, 'authorized' as const, 'none' as const),
        fc.array(fc.tuple(anyStep, fc.boolean()), { minLength: 4, maxLength: 10 }),
        fc.nat(3),
        async (money, steps, invoicedAfter) => {
          shop = await lab.aShop([9, null]);
          wasGone = false;
          await writesDocuments(lab, shop, { issueAt: 'never' });
          const sale = await shop.sell([3, 2], { money });
          const { charges } = await shop.read((store) => lab.orders.get(store, sale.orderId));
          const scene = { lab, shop, sale, chargeId: charges[0]?.id ?? '' };
          const refusedOr = (work: Promise<unknown>) =>
            work.catch((error: unknown) => expect(error).toBeInstanceOf(AppError));
          for (const [at, [step, isAmended]] of steps.entries()) {
            if (at === invoicedAfter)
              await refusedOr(
                shop.write((store) => lab.documents.issueInvoice(store, sale.orderId)),
              );
            await refusedOr(takeStep(scene, step));
            if (!isAmended) continue;
            await lab.documents.amend(shop.storeId, sale.orderId);
            await examine(sale);
          }
          await lab.documents.amend(shop.storeId, sale.orderId);
          for (const { kind, correctsId } of await examine(sale)) {
            kinds[kind] += 1;
            if (kind === 'invoice' && correctsId !== null) kinds.further += 1;
          }
        },
      ),
      { numRuns: Number(process.env.CARAVEL_SOAK_ROUNDS ?? 10), seed: 226 },
    );
    expect(Math.min(kinds.invoice, kinds.credit_note, kinds.further)).toBeGreaterThan(0);
  }, 180_000);
});

function fail(): never {
  throw new Error('There is no such document.');
}
