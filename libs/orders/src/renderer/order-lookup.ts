import { Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import { readLines } from '../orders/order-rows.queries';
import { findReturn, readReturns } from '../returns/return-rows.queries';
import { unitsLeft } from '../returns/returns';

/** An order as its own pages list what may be chosen of it. */
export interface FoundOrder {
  /** As it is shown: #1001. */
  name: string;
  lines: { id: string; title: string; quantity: number }[];
}

/** Orders by what leads to them. */
@Injectable()
export class OrderLookup {
  /** What was bought, with the variant in the title; null when there is no such order. */
  async find(store: StoreReader, orderId: string): Promise<FoundOrder | null> {
    const [row] = await store.query<FoundOrder>(
      `SELECT o.name, (SELECT jsonb_agg(jsonb_build_object('id', l.order_line_id,
           'title', concat_ws(', ', l.title, l.variant_title), 'quantity', l.quantity - l.removed) ORDER BY l.position)
         FROM order_lines l
         WHERE l.store_id = o.store_id AND l.order_id = o.order_id AND l.quantity > l.removed) AS lines
       FROM orders o WHERE o.store_id = $1 AND o.order_id = $2`,
      [store.storeId, orderId],
    );
    return row ? { ...row, lines: row.lines ?? [] } : null;
  }

  /** Whether a form of that key made a return of the order. */
  async hasReturn(store: StoreReader, orderId: string, key: string): Promise<boolean> {
    return (await findReturn(store, orderId, key)) !== null;
  }

  /** Units that left and are in no return, with the variant in the title. */
  async returnable(store: StoreReader, orderId: string): Promise<FoundOrder['lines']> {
    const lines = await readLines(store, orderId);
    const returns = await readReturns(store, orderId);
    return lines
      .map((line) => ({
        id: line.id,
        title: [line.title, line.variantTitle].filter((part) => part !== null).join(', '),
        quantity: unitsLeft(returns, line),
      }))
      .filter(({ quantity }) => quantity > 0);
  }
}
