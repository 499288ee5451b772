import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CustomerErased } from '@libs/customers';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';

/** What stays of an address: the country and the province. */
const bare = (column: string): string =>
  `CASE WHEN ${column} IS NULL THEN NULL ELSE jsonb_strip_nulls(jsonb_build_object('name', '', 'address1', '',
     'city', '', 'country', ${column}->'country', 'province', ${column}->'province')) END`;

/** Takes out of a customer's checkouts who they were; the pages of their orders are made of these. */
@Injectable()
@HandlesEvent(CustomerErased)
export class EraseCheckouts implements EventHandler<typeof CustomerErased> {
  constructor(@Inject(Db) private readonly db: Db) {}

  async handle(
    { customerId }: z.output<typeof CustomerErased.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    await this.db.write(storeId, (store) =>
      store.execute(
        `UPDATE checkouts SET email = NULL, phone = NULL, note = NULL, attributes = '{}', browser_hash = NULL,
           shipping_address = ${bare('shipping_address')}, billing_address = ${bare('billing_address')},
           customer_id = NULL
         WHERE store_id = $1 AND customer_id = $2 AND state IN ('completed', 'expired')`,
        [storeId, customerId],
      ),
    );
  }
}
