import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { hashToken, newToken } from '@platform/secrets';
import { type Customer, customerColumns } from '../people/customer';

/** How long a browser stays signed in, in days, as its cookie says too. */
export const sessionDays = 30;

/** Browsers that are signed in to a store as one of its customers; tokens are kept as hashes only. */
@Injectable()
export class CustomerSessions {
  /** Opens a session; the token is told once. */
  async open(store: StoreWriter, customerId: string): Promise<string> {
    const token = newToken();
    await store.execute(
      `INSERT INTO customer_sessions (store_id, session_id, customer_id, token_hash, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(days => $5))`,
      [store.storeId, newId(), customerId, hashToken(token), sessionDays],
    );
    return token;
  }

  /** Who is signed in by this token; null when nobody is. */
  async customerOf(store: StoreReader, token: string): Promise<Customer | null> {
    const [customer] = await store.query<Customer>(
      `SELECT ${customerColumns} FROM customer_sessions s
       JOIN customers c ON c.store_id = s.store_id AND c.customer_id = s.customer_id
       WHERE s.store_id = $1 AND s.token_hash = $2 AND s.expires_at > now() AND c.state = 'enabled'`,
      [store.storeId, hashToken(token)],
    );
    return customer ?? null;
  }

  /** Ends the session of this token, if there is one. */
  async close(store: StoreWriter, token: string): Promise<void> {
    await store.execute('DELETE FROM customer_sessions WHERE store_id = $1 AND token_hash = $2', [
      store.storeId,
      hashToken(token),
    ]);
  }

  /** Signs the customer out everywhere. */
  async closeAll(store: StoreWriter, customerId: string): Promise<void> {
    await store.execute('DELETE FROM customer_sessions WHERE store_id = $1 AND customer_id = $2', [
      store.storeId,
      customerId,
    ]);
  }
}
