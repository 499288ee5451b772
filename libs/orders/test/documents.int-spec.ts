import { OrderChecks } from '@libs/orders';
import { newId } from '@libs/kernel';
import type { Documents } from '../src/documents/documents.service';
import { printDocument } from '../src/documents/pdf/print-document';
import { aSeller, openDocumentLab, writesDocuments } from './document-lab.builder';
import { anAddress } from './order.builder';
import type { OrderLab, Sale, Shop } from './order-lab.builder';
import { readPdf } from './read-pdf';

describe('documents of orders', () => {
  let lab: OrderLab & { documents: Documents };
  let shop: Shop;

  beforeAll(async () => {
    lab = await openDocumentLab();
  });
  beforeEach(async () => {
    shop = await lab.aShop([20, null]);
  });
  afterAll(() => lab.close());

  const ofOrder = ({ orderId }: Sale) =>
    shop.read((store) => lab.documents.ofOrder(store, orderId));
  const refund = (sale: Sale, quantity: number) =>
    shop.write((store) =>
      lab.orders.refund(store, sale.orderId, {
        key: newId(),
        lines: [{ lineId: sale.lineIds[0] ?? '', quantity, restock: 'cancel' }],
        charges: [],
        freeMinor: 0,
        reason: 'A vase came broken',
      }),
    );
  const textOf = async (id: string) => {
    const { bytes } = await lab.documents.file(shop.storeId, id);
    return (await readPdf(bytes)).pages.join('\n');
  };

  it('issues an invoice once an order is paid, and a credit note once its refund arrived', async () => {
    await writesDocuments(lab, shop);
    const sale = await shop.sell([2, 1]);
    await lab.lab.drain();
    const [invoice, ...none] = await ofOrder(sale);
    expect(none).toEqual([]);
    expect(invoice).toMatchObject({ kind: 'invoice', name: 'INV-1', number: 1 });
    expect(invoice?.content.totals).toEqual({ netMinor: 13095, taxMinor: 2395, grossMinor: 15490 });
    await refund(sale, 1);
    await lab.lab.drain();
    expect(await ofOrder(sale)).toHaveLength(1);
    await shop.answer(sale);
    await lab.lab.drain();
    const credit = (await ofOrder(sale))[1];
    expect(credit).toMatchObject({
      kind: 'credit_note',
      name: 'CN-1',
      correctsId: invoice?.id,
      content: { corrects: { name: 'INV-1' }, reason: 'A vase came broken' },
    });
    expect(credit?.content.totals).toEqual({ netMinor: 4201, taxMinor: 799, grossMinor: 5000 });
    const { timeline } = await shop.read((store) => lab.orders.get(store, sale.orderId));
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['invoice_issued', 'credit_note_issued']),
    );
  });

  it('prints what the order says, and prints it again byte for byte', async () => {
    await writesDocuments(lab, shop, { invoicePrefix: 'R-{year}-' });
    const sale = await shop.sell([2, 1], { locale: 'de', shippingAddress: anAddress() });
    await lab.lab.drain();
    const [invoice] = await ofOrder(sale);
    const text = await textOf(invoice?.id ?? '');
    const year = invoice?.content.issuedOn.slice(0, 4);
    expect(invoice?.name).toBe(`R-${year}-1`);
    for (const part of [
      `Rechnung R-${year}-1`,
      sale.name,
      'Atelier Nord GmbH',
      'DE123456788',
      'Ada Lovelace',
      'Vase',
      '100,00 €',
      '19 %',
      '154,90 €',
      '23,95 €',
      'Vollständig bezahlt',
      'HRB 12345 B',
    ])
      expect(text.replaceAll('\u00a0', ' ')).toContain(part);
    const again = await lab.documents.file(shop.storeId, invoice?.id ?? '');
    if (!invoice) throw new Error('no invoice');
    expect(again.bytes.equals(await printDocument(invoice))).toBe(true);
    expect(again.name).toBe(`R-${year}-1.pdf`);
  });

  it('never changes what was issued, whatever becomes of the order, the store or its settings', async () => {
    await writesDocuments(lab, shop);
    const sale = await shop.sell([1]);
    await lab.lab.drain();
    const [before] = await ofOrder(sale);
    const file = await lab.documents.file(shop.storeId, before?.id ?? '');
    await writesDocuments(lab, shop, {
      seller: { ...aSeller, name: 'Another' },
      invoicePrefix: 'X-',
    });
    await refund(sale, 1);
    await lab.lab.drain();
    expect((await ofOrder(sale))[0]).toEqual(before);
    const after = await lab.documents.file(shop.storeId, before?.id ?? '');
    expect(after.bytes.equals(file.bytes)).toBe(true);
    for (const change of [
      `UPDATE documents SET content = '{}' WHERE document_id = $1`,
      'DELETE FROM documents WHERE document_id = $1',
      `UPDATE document_files SET bytes = '' WHERE document_id = $1`,
    ])
      await expect(shop.write((store) => store.execute(change, [before?.id]))).rejects.toThrow(
        'permission denied',
      );
    const [row] = await shop.read((store) =>
      store.query<{ same: boolean }>(
        `SELECT encode(sha256(convert_to(content::text, 'UTF8')), 'hex') = content_sha256 AS same
         FROM documents WHERE document_id = $1`,
        [before?.id],
      ),
    );
    expect(row?.same).toBe(true);
  });

  it('is found wrong by the clock when it, or its PDF, is not what was issued', async () => {
    await writesDocuments(lab, shop);
    const sale = await shop.sell([1]);
    await lab.lab.drain();
    const found = async () =>
      (await shop.read((store) => lab.lab.get(OrderChecks).check(store, null))).filter(
        ({ kind }) => kind === 'document-content' || kind === 'document-file',
      );
    const [invoice] = await ofOrder(sale);
    await lab.documents.file(shop.storeId, invoice?.id ?? '');
    expect(await found()).toEqual([]);
    // Nobody may change an issued one: a row that was written wrong stands for it.
    const forged = newId();
    await shop.write(async (store) => {
      await store.execute(
        `INSERT INTO documents (store_id, document_id, order_id, kind, series, number, name, corrects, content, content_sha256)
         SELECT store_id, $2, order_id, kind, series, 2, 'INV-2', document_id, jsonb_set(content, '{totals,taxMinor}', '1'),
           content_sha256 FROM documents WHERE document_id = $1`,
        [invoice?.id, forged],
      );
      await store.execute(
        `INSERT INTO document_files (store_id, document_id, sha256, bytes)
         SELECT store_id, $1, encode(sha256('%PDF-1'), 'hex'), '%PDF-2' FROM documents WHERE document_id = $1`,
        [forged],
      );
    });
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    const fault = { documentId: forged, found: hash, expected: hash };
    expect(await found()).toEqual([
      { kind: 'document-content', ...fault },
      { kind: 'document-file', ...fault },
    ]);
  });

  it('issues nothing by itself before the store has written who sells, and says so when asked', async () => {
    const sale = await shop.sell([1]);
    await lab.lab.drain();
    expect(await ofOrder(sale)).toEqual([]);
    const issue = () => shop.write((store) => lab.documents.issueInvoice(store, sale.orderId));
    await expect(issue()).rejects.toMatchObject({ code: 'orders.no-seller' });
    await writesDocuments(lab, shop, { issueAt: 'never' });
    const id = await issue();
    expect(await issue()).toBe(id);
    await expect(writesDocuments(lab, shop, { creditNotePrefix: 'INV-' })).rejects.toMatchObject({
      code: 'orders.same-prefix',
    });
  });

  it('credits what went back before the invoice was issued', async () => {
    await writesDocuments(lab, shop, { issueAt: 'never' });
    const sale = await shop.sell([2]);
    await refund(sale, 1);
    await shop.answer(sale);
    await lab.lab.drain();
    expect(await ofOrder(sale)).toEqual([]);
    await shop.write((store) => lab.documents.issueInvoice(store, sale.orderId));
    await lab.lab.drain();
    expect((await ofOrder(sale)).map(({ name }) => name)).toEqual(['INV-1', 'CN-1']);
  });

  it('issues at the first parcel where the store wants it then', async () => {
    await writesDocuments(lab, shop, { issueAt: 'shipment' });
    const sale = await shop.sell([2]);
    await lab.lab.drain();
    expect(await ofOrder(sale)).toEqual([]);
    const lines = [{ lineId: sale.lineIds[0] ?? '', quantity: 1 }];
    await shop.write((store) => lab.orders.fulfil(store, sale.orderId, { key: newId(), lines }));
    await shop.write((store) => lab.orders.fulfil(store, sale.orderId, { key: newId() }));
    await lab.lab.drain();
    expect(await ofOrder(sale)).toHaveLength(1);
  });

  it('numbers test orders apart', async () => {
    await writesDocuments(lab, shop);
    const sale = await shop.sell([1], { test: true });
    await lab.lab.drain();
    const [invoice] = await ofOrder(sale);
    expect(invoice).toMatchObject({ series: 'test-invoice', name: 'TEST-1' });
    expect(await textOf(invoice?.id ?? '')).toContain('Test order');
    const faults = await shop.read((store) => lab.lab.get(OrderChecks).check(store, null));
    expect(faults).toEqual([]);
  });

  it('slips tell what is packed and no price', async () => {
    const sale = await shop.sell([3]);
    const lines = [{ lineId: sale.lineIds[0] ?? '', quantity: 1 }];
    const parcelId = await shop.write((store) =>
      lab.orders.fulfil(store, sale.orderId, { key: newId(), lines }),
    );
    const read = async (id: string | null) => {
      const { bytes } = await lab.documents.packingSlip(shop.storeId, sale.orderId, id);
      return (await readPdf(bytes)).pages.join('\n');
    };
    expect(await read(parcelId)).toMatch(
      /Packing slip #1001[\s\S]*Ada Lovelace[\s\S]*Vase[\s\S]*\n1\n/,
    );
    expect(await read(null)).toMatch(/Vase[\s\S]*\n2\n/);
    expect(await read(null)).not.toMatch(/€|50\.00/);
    await expect(read(newId())).rejects.toMatchObject({ code: 'orders.parcel-not-found' });
  });
});
