import type { StoreReader } from '@platform/database';
import { ordersErrors } from '../orders.errors';

/** A parcel as its shopper follows it. */
export interface TrackedParcel {
  carrier: string | null;
  number: string | null;
  /** Where it is followed; null where that is not known. */
  url: string | null;
}

/** How an order stands, for whoever only wants to know that. */
export interface OrderStanding {
  /** As it is shown, such as #1001. */
  name: string;
  state: 'open' | 'archived' | 'cancelled';
  financialStatus: string;
  fulfilmentStatus: string;
  /** Those that have left, the first one first. */
  parcels: TrackedParcel[];
  /** Invoices and credit notes that are printed, where the store shows them; the first one first. */
  documents: { id: string; name: string; kind: 'invoice' | 'credit_note' }[];
  /** Whether units left that are in no return. */
  returnable: boolean;
  /** Returns, the first one first. */
  returns: {
    state: string;
    /** What comes back. */
    goods: { title: string; units: number }[];
    declineReason: string | null;
    /** What is sent instead, where something is. */
    instead: { title: string; units: number }[];
  }[];
}

/**
 * How an order stands, in one statement.
 * @throws orders.order-not-found
 */
export async function orderStanding(store: StoreReader, orderId: string): Promise<OrderStanding> {
  const [row] = await store.query<OrderStanding>(
    `SELECT name, state, financial_status AS "financialStatus", fulfilment_status AS "fulfilmentStatus",
       (SELECT coalesce(jsonb_agg(jsonb_build_object('carrier', f.carrier, 'number', f.tracking_number,
          'url', f.tracking_url) ORDER BY f.fulfilment_id), '[]')
        FROM fulfilments f WHERE f.store_id = $1 AND f.order_id = $2) AS parcels,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('state', r.state, 'declineReason', r.decline_reason,
          'goods', (SELECT coalesce(jsonb_agg(jsonb_build_object('title', o.title, 'units', l.quantity)
             ORDER BY l.order_line_id), '[]') FROM return_lines l JOIN order_lines o USING (store_id, order_line_id)
             WHERE l.store_id = $1 AND l.return_id = r.return_id),
          'instead', (SELECT coalesce(jsonb_agg(jsonb_build_object('title', l.replacement ->> 'title', 'units', l.quantity)
             ORDER BY l.order_line_id), '[]') FROM return_lines l
             WHERE l.store_id = $1 AND l.return_id = r.return_id AND l.replacement ->> 'title' IS NOT NULL))
          ORDER BY r.return_id), '[]')
        FROM returns r WHERE r.store_id = $1 AND r.order_id = $2) AS returns,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', d.document_id, 'name', d.name, 'kind', d.kind)
          ORDER BY d.document_id), '[]') FROM documents d JOIN document_files USING (store_id, document_id)
          WHERE d.store_id = $1 AND d.order_id = $2 AND NOT EXISTS (
            SELECT FROM document_settings s WHERE s.store_id = $1 AND NOT s.shown_to_shoppers)) AS documents,
       (SELECT coalesce(sum(l.shipped - l.restocked), 0) FROM order_lines l WHERE l.store_id = $1 AND l.order_id = $2)
         > (SELECT coalesce(sum(l.quantity), 0) FROM returns r JOIN return_lines l USING (store_id, return_id)
            WHERE r.store_id = $1 AND r.order_id = $2 AND r.state IN ('requested', 'approved', 'in_transit'))
         AS returnable
     FROM orders WHERE store_id = $1 AND order_id = $2`,
    [store.storeId, orderId],
  );
  if (!row) throw ordersErrors.error('order-not-found');
  return row;
}
