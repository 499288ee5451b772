import { Injectable } from '@nestjs/common';
import { isId } from '@libs/kernel';
import type { StoreReader } from '@platform/database';

/** An order as its customer's page shows it; amounts are minor units of `currency`. */
export interface CustomerOrder {
  id: string;
  /** The checkout that its own page is found by. */
  checkoutId: string;
  name: string;
  placedAt: Date;
  currency: string;
  totalMinor: number;
  financialStatus: string;
  fulfilmentStatus: string;
}

/** What was bought. */
export interface CustomerOrderLine {
  title: string;
  variantTitle: string | null;
  sku: string | null;
  imageUrl: string | null;
  quantity: number;
  unitMinor: number;
  totalMinor: number;
}

/** A line of an order that is wanted again. */
export interface OrderedLine {
  /** Null for what was in no catalogue. */
  variantId: string | null;
  /** With the variant: `Vase, Small`. */
  title: string;
  quantity: number;
  properties: [string, string][];
}

/** The most that a page of an account shows; the newest are what somebody looks for. */
const limit = 50;

const columns = `order_id AS id, checkout_id AS "checkoutId", name, placed_at AS "placedAt", currency, total_minor AS "totalMinor",
  financial_status AS "financialStatus", fulfilment_status AS "fulfilmentStatus"`;

/** A customer's own orders, for the storefront. */
@Injectable()
export class CustomerOrders {
  /** The newest ones, and how many there are in all. */
  async list(
    store: StoreReader,
    customerId: string,
  ): Promise<{ orders: CustomerOrder[]; count: number }> {
    const rows = await store.query<CustomerOrder & { count: number }>(
      `SELECT ${columns}, count(*) OVER ()::int AS count FROM orders
       WHERE store_id = $1 AND customer_id = $2 AND number IS NOT NULL
       ORDER BY placed_at DESC, order_id DESC LIMIT ${limit}`,
      [store.storeId, customerId],
    );
    return {
      orders: rows.map(({ count: _, ...order }) => order),
      count: rows[0]?.count ?? 0,
    };
  }

  /** One of the customer's orders with what was bought; null when they have no such order. */
  async find(
    store: StoreReader,
    customerId: string,
    orderId: string,
  ): Promise<{ order: CustomerOrder; lines: CustomerOrderLine[] } | null> {
    if (!isId(orderId)) return null;
    const [order] = await store.query<CustomerOrder>(
      `SELECT ${columns} FROM orders
       WHERE store_id = $1 AND customer_id = $2 AND order_id = $3 AND number IS NOT NULL`,
      [store.storeId, customerId, orderId],
    );
    if (!order) return null;
    const lines = await store.query<CustomerOrderLine>(
      `SELECT title, variant_title AS "variantTitle", sku, image_url AS "imageUrl", quantity,
         unit_minor AS "unitMinor", total_minor AS "totalMinor"
       FROM order_lines WHERE store_id = $1 AND order_id = $2 AND quantity > 0 ORDER BY position`,
      [store.storeId, orderId],
    );
    return { order, lines };
  }

  /**
   * What somebody would buy again of one of the customer's orders: what they kept of it, or everything where nothing was
   * kept; null when they have no such order.
   */
  async ordered(
    store: StoreReader,
    customerId: string,
    orderId: string,
  ): Promise<OrderedLine[] | null> {
    if (!(await this.find(store, customerId, orderId))) return null;
    const rows = await store.query<OrderedLine & { kept: number }>(
      `SELECT variant_id AS "variantId", concat_ws(', ', title, variant_title) AS title, properties,
         quantity, quantity - greatest(removed, refunded_units) AS kept
       FROM order_lines WHERE store_id = $1 AND order_id = $2 AND quantity > 0 ORDER BY position`,
      [store.storeId, orderId],
    );
    const isKept = rows.some(({ kept }) => kept > 0);
    return rows.flatMap(({ kept, ...line }) => {
      const quantity = isKept ? kept : line.quantity;
      return quantity > 0 ? [{ ...line, quantity }] : [];
    });
  }
}
