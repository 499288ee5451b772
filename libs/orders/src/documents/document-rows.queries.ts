import type { StoreReader, StoreWriter } from '@platform/database';
import { revisionOf } from '../orders/order-rows.queries';
import { nextNumber, seriesDefaults } from '../orders/take-number.queries';
import { ordersErrors } from '../orders.errors';
import type { DocumentContent, DocumentKind } from './content';
import type { TaxOnRow } from './taxes-of-rows';

/** Numbers that documents have; those of tests are their own. */
export type DocumentSeries = 'invoice' | 'credit-note' | 'test-invoice' | 'test-credit-note';

/** An issued document. */
export interface DocumentView {
  id: string;
  orderId: string;
  kind: DocumentKind;
  series: DocumentSeries;
  number: number;
  /** As it is printed: INV-1. */
  name: string;
  /** The refund that a credit note is of; null for an invoice. */
  refundId: string | null;
  /** The invoice that a credit note corrects, or that a further invoice adds to; null for an order's first one. */
  correctsId: string | null;
  content: DocumentContent;
  /** Of the content as the database writes it; hexadecimal SHA-256. */
  contentSha256: string;
  issuedAt: Date;
}

const columns = `document_id AS id, order_id AS "orderId", kind, series, number, name, refund_id AS "refundId",
  corrects AS "correctsId", content, content_sha256 AS "contentSha256", issued_at AS "issuedAt"`;

/** The documents of an order, oldest first. */
export function readDocuments(store: StoreReader, orderId: string): Promise<DocumentView[]> {
  return store.query<DocumentView>(
    `SELECT ${columns} FROM documents WHERE store_id = $1 AND order_id = $2 ORDER BY issued_at, document_id`,
    [store.storeId, orderId],
  );
}

/** A page of a store's documents, the newest first. @param page `before` is the id of the last one of the page before */
export function listDocuments(
  store: StoreReader,
  { kind, ...page }: { kind?: DocumentKind; limit: number; before: string | null },
): Promise<DocumentView[]> {
  return store.query<DocumentView>(
    `SELECT ${columns} FROM documents WHERE store_id = $1 AND ($2::text IS NULL OR kind = $2)
       AND ($3::uuid IS NULL OR document_id < $3) ORDER BY document_id DESC LIMIT $4`,
    [store.storeId, kind ?? null, page.before, page.limit],
  );
}

/** A document. @throws orders.document-not-found */
export async function readDocument(store: StoreReader, id: string): Promise<DocumentView> {
  const [row] = await store.query<DocumentView>(
    `SELECT ${columns} FROM documents WHERE store_id = $1 AND document_id = $2`,
    [store.storeId, id],
  );
  if (!row) throw ordersErrors.error('document-not-found');
  return row;
}

/** A document to be issued. */
export interface NewDocument {
  id: string;
  orderId: string;
  series: DocumentSeries;
  refundId: string | null;
  correctsId: string | null;
  content: DocumentContent;
}

/**
 * Issues a document: its number is taken by this statement, which has to be the transaction's last one, so that a
 * series has no gap and its counter is held shortest.
 */
export async function insertDocument(store: StoreWriter, document: NewDocument): Promise<void> {
  const { id, orderId, series, refundId, correctsId, content } = document;
  const { prefix, shownFrom } = seriesDefaults[series];
  await store.execute(
    `WITH n AS (${nextNumber})
     INSERT INTO documents (store_id, document_id, order_id, kind, series, number, name, refund_id, corrects, content,
       content_sha256)
     SELECT $1, $5, $6, $7, $2, n.next, replace(n.name, '{year}', $11), $8, $9, $10::jsonb,
       encode(sha256(convert_to($10::jsonb::text, 'UTF8')), 'hex')
     FROM n`,
    [
      store.storeId,
      series,
      prefix,
      shownFrom,
      id,
      orderId,
      content.kind,
      refundId,
      correctsId,
      JSON.stringify(content),
      content.issuedOn.slice(0, 4),
    ],
  );
}

/** The taxes of an order's lines and charges as they count now, one by one. */
export function readTaxesOnRows(store: StoreReader, orderId: string): Promise<TaxOnRow[]> {
  return store.query<TaxOnRow>(
    `SELECT taxed_id AS "taxedId", name, ppm, taxable_minor AS "taxableMinor", tax_minor AS "taxMinor",
       base_tax_minor AS "baseTaxMinor"
     FROM order_tax_lines WHERE store_id = $1 AND order_id = $2 AND revision = ${revisionOf} ORDER BY position`,
    [store.storeId, orderId],
  );
}

/** When the last parcel of an order left; null where none has. */
export async function lastShipment(store: StoreReader, orderId: string): Promise<Date | null> {
  const [row] = await store.query<{ at: Date | null }>(
    'SELECT max(shipped_at) AS at FROM fulfilments WHERE store_id = $1 AND order_id = $2',
    [store.storeId, orderId],
  );
  return row?.at ?? null;
}

/** The PDF of a document as it was printed first, or null. */
export async function readFile(store: StoreReader, id: string): Promise<Buffer | null> {
  const [row] = await store.query<{ bytes: Buffer }>(
    'SELECT bytes FROM document_files WHERE store_id = $1 AND document_id = $2',
    [store.storeId, id],
  );
  return row?.bytes ?? null;
}

/** Keeps a PDF; of two that are printed at once the first one stays. */
export async function keepFile(store: StoreWriter, id: string, bytes: Buffer): Promise<void> {
  await store.execute(
    `INSERT INTO document_files (store_id, document_id, sha256, bytes)
     VALUES ($1, $2, encode(sha256($3), 'hex'), $3) ON CONFLICT (store_id, document_id) DO NOTHING`,
    [store.storeId, id, bytes],
  );
}
