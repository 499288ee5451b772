import type { StoreReader, StoreWriter } from '@platform/database';
import { seriesDefaults } from '../orders/take-number.queries';
import { ordersErrors } from '../orders.errors';

/** Who sells, as it must stand on invoices (Directive 2006/112/EC, Article 226). */
export interface Seller {
  name: string;
  /** Street, town, country; as it is printed. */
  address: string[];
  email: string | null;
  phone: string | null;
  /** VAT number of the seller's own country. */
  vatNumber: string | null;
  /** Tax number, where there is no VAT number or both are asked for. */
  taxNumber: string | null;
  /** Printed at the foot: register, managers, bank. */
  footer: string | null;
}

/** When invoices are issued by themselves: once all is paid, when the first parcel leaves, or by staff alone. */
export type IssueAt = 'capture' | 'shipment' | 'never';

/** How a store writes its documents. */
export interface DocumentSettings {
  issueAt: IssueAt;
  /** Null until the store has written who sells: no invoice is issued before. */
  seller: Seller | null;
  /** Whether shoppers find their documents on the page of their order. */
  shownToShoppers: boolean;
  /** Before the number; `{year}` is the year of issue. */
  invoicePrefix: string;
  creditNotePrefix: string;
}

type Row = Omit<DocumentSettings, 'invoicePrefix' | 'creditNotePrefix'>;

const untouched: Row = { issueAt: 'capture', seller: null, shownToShoppers: true };

/** A store's settings; how things are until it has chosen. */
export async function readSettings(store: StoreReader): Promise<DocumentSettings> {
  const [row] = await store.query<Row>(
    `SELECT issue_at AS "issueAt", seller, shown_to_shoppers AS "shownToShoppers"
     FROM document_settings WHERE store_id = $1`,
    [store.storeId],
  );
  const prefixes = await store.query<{ series: string; prefix: string }>(
    `SELECT series, prefix FROM store_counters WHERE store_id = $1 AND series IN ('invoice', 'credit-note')`,
    [store.storeId],
  );
  const prefixOf = (series: 'invoice' | 'credit-note') =>
    prefixes.find((each) => each.series === series)?.prefix ?? seriesDefaults[series].prefix;
  return {
    ...(row ?? untouched),
    invoicePrefix: prefixOf('invoice'),
    creditNotePrefix: prefixOf('credit-note'),
  };
}

/**
 * Writes them; documents that were issued keep what they were issued with. A prefix ends on no digit, so that a name
 * tells its number and no two documents have one name.
 * @throws orders.same-prefix
 */
export async function saveSettings(store: StoreWriter, settings: DocumentSettings): Promise<void> {
  const { issueAt, seller, shownToShoppers, invoicePrefix, creditNotePrefix } = settings;
  if (invoicePrefix === creditNotePrefix)
    throw ordersErrors.error('same-prefix', {}, { field: 'creditNotePrefix' });
  await store.execute(
    `INSERT INTO document_settings (store_id, issue_at, seller, shown_to_shoppers) VALUES ($1, $2, $3, $4)
     ON CONFLICT (store_id) DO UPDATE SET issue_at = excluded.issue_at, seller = excluded.seller,
       shown_to_shoppers = excluded.shown_to_shoppers`,
    [store.storeId, issueAt, seller && JSON.stringify(seller), shownToShoppers],
  );
  await savePrefix(store, 'credit-note', creditNotePrefix);
  await savePrefix(store, 'invoice', invoicePrefix);
  store.record({
    action: 'documents.settings-changed',
    target: { kind: 'store', id: store.storeId },
    after: { issueAt, shownToShoppers, invoicePrefix, creditNotePrefix },
  });
}

async function savePrefix(
  store: StoreWriter,
  series: 'invoice' | 'credit-note',
  prefix: string,
): Promise<void> {
  await store.execute(
    `INSERT INTO store_counters AS c (store_id, series, next, prefix, shown_from) VALUES ($1, $2, 0, $3, $4)
     ON CONFLICT (store_id, series) DO UPDATE SET prefix = excluded.prefix WHERE c.prefix <> excluded.prefix`,
    [store.storeId, series, prefix, seriesDefaults[series].shownFrom],
  );
}
