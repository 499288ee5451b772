import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { CustomerChanged } from '../customers.events';

/** What a customer allowed or took back, when and where. */
export interface Consent {
  kind: 'email_marketing';
  granted: boolean;
  /** The page or person that it came by. */
  source: string;
  at: Date;
}

/** Consents of customers: a history that is only added to. The last one of a kind counts. */
@Injectable()
export class Consents {
  /** Notes a consent unless it is as it was. */
  async record(
    store: StoreWriter,
    customerId: string,
    { kind, granted, source }: Omit<Consent, 'at'>,
  ): Promise<void> {
    const changed = await store.execute(
      `UPDATE customers SET email_marketing = $3, version = version + 1, updated_at = now()
       WHERE store_id = $1 AND customer_id = $2 AND email_marketing <> $3 AND state <> 'erased'`,
      [store.storeId, customerId, granted],
    );
    if (changed === 0) return;
    await store.execute(
      `INSERT INTO customer_consents (store_id, consent_id, customer_id, kind, granted, source)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [store.storeId, newId(), customerId, kind, granted, source],
    );
    store.publish(CustomerChanged, { customerId, created: false });
  }

  /** A customer's consents, oldest first. */
  list(store: StoreReader, customerId: string): Promise<Consent[]> {
    return store.query<Consent>(
      `SELECT kind, granted, source, at FROM customer_consents
       WHERE store_id = $1 AND customer_id = $2 ORDER BY consent_id LIMIT 1000`,
      [store.storeId, customerId],
    );
  }
}
