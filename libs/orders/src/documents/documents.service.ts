import { Inject, Injectable } from '@nestjs/common';
import { Payments } from '@libs/payments';
import { Stores } from '@libs/stores';
import { faultPoint } from '@platform/config';
import { Db, type StoreReader, type StoreWriter } from '@platform/database';
import { readOrder } from '../orders/order-rows.queries';
import {
  type DocumentView,
  keepFile,
  listDocuments,
  readDocument,
  readDocuments,
  readFile,
} from './document-rows.queries';
import {
  type DocumentSettings,
  type IssueAt,
  readSettings,
  saveSettings,
} from './document-settings.queries';
import { issueCreditNote, issueInvoice, issueMissing } from './issue-documents';
import { packingSlipOf } from './packing-slip';
import { printDocument } from './pdf/print-document';
import { printPackingSlip } from './pdf/print-packing-slip';

/** A file to be downloaded. */
export interface PrintedFile {
  /** Without a path, such as INV-1.pdf. */
  name: string;
  bytes: Buffer;
}

/** Invoices, credit notes and packing slips of a store's orders. */
@Injectable()
export class Documents {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Stores) private readonly stores: Stores,
  ) {}

  /** How the store writes its documents. */
  settings(store: StoreReader): Promise<DocumentSettings> {
    return readSettings(store);
  }

  /** @throws orders.same-prefix */
  async changeSettings(store: StoreWriter, settings: DocumentSettings): Promise<DocumentSettings> {
    await saveSettings(store, settings);
    return readSettings(store);
  }

  /** The documents of an order, oldest first. @throws orders.order-not-found */
  async ofOrder(store: StoreReader, orderId: string): Promise<DocumentView[]> {
    await readOrder(store, orderId);
    return readDocuments(store, orderId);
  }

  /** A page of all documents, the newest first. */
  list(...asked: Parameters<typeof listDocuments>): Promise<DocumentView[]> {
    return listDocuments(...asked);
  }

  /** @throws orders.document-not-found */
  get(store: StoreReader, id: string): Promise<DocumentView> {
    return readDocument(store, id);
  }

  /** Issues the invoice of an order, once; nothing but the commit may follow. Throws as `issueInvoice` does. */
  async issueInvoice(store: StoreWriter, orderId: string): Promise<string> {
    return issueInvoice(await this.tools(store), orderId);
  }

  /** Issues the credit note of a refund, once; nothing but the commit may follow. Throws as `issueCreditNote` does. */
  async issueCreditNote(store: StoreWriter, orderId: string, refundId: string): Promise<string> {
    return issueCreditNote(await this.tools(store), orderId, refundId);
  }

  /**
   * Issues an order's invoice when the store wants it at this moment; nothing where it has not written who sells, or
   * the order was cancelled since.
   */
  async issueWhenWanted(storeId: string, orderId: string, moment: IssueAt): Promise<void> {
    await this.db.write(storeId, async (store) => {
      const { issueAt, seller } = await readSettings(store);
      if (issueAt !== moment || seller === null) return;
      const { state, financialStatus } = await readOrder(store, orderId);
      if (state === 'cancelled' || (moment === 'capture' && financialStatus !== 'paid')) return;
      await this.issueInvoice(store, orderId);
    });
  }

  /**
   * Issues what an order with an invoice still lacks, so that its documents come to what it costs by now; each in a
   * transaction of its own, since each takes a number by its last statement.
   */
  async amend(storeId: string, orderId: string): Promise<void> {
    let issued: string | null;
    do {
      issued = await this.db.write(storeId, async (store) =>
        issueMissing(await this.tools(store), orderId),
      );
    } while (issued !== null);
  }

  /** A document as it was printed first. @throws orders.document-not-found */
  async file(storeId: string, id: string): Promise<PrintedFile> {
    const found = await this.db.read(storeId, async (store) => ({
      document: await readDocument(store, id),
      bytes: await readFile(store, id),
    }));
    const { document } = found;
    const name = `${document.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.pdf`;
    if (found.bytes) return { name, bytes: found.bytes };
    const printed = await printDocument(document);
    faultPoint('orders.document-printed');
    const bytes = await this.db.write(storeId, async (store) => {
      await keepFile(store, id, printed);
      return (await readFile(store, id)) ?? printed;
    });
    return { name, bytes };
  }

  /**
   * What goes into a parcel, without prices, as it is now.
   * @param parcelId what was packed; what is still to be packed when null
   * @throws orders.order-not-found, orders.parcel-not-found, orders.nothing-to-ship
   */
  async packingSlip(
    storeId: string,
    orderId: string,
    parcelId: string | null,
  ): Promise<PrintedFile> {
    const slip = await this.db.read(storeId, async (store) =>
      packingSlipOf(store, await this.stores.get(store), { orderId, parcelId }),
    );
    const name = `packing-slip-${slip.orderName.replaceAll(/[^\p{L}\p{N}]+/gu, '')}.pdf`;
    return { name, bytes: await printPackingSlip(slip) };
  }

  private async tools(store: StoreWriter) {
    return { store, payments: this.payments, shop: await this.stores.get(store) };
  }
}
