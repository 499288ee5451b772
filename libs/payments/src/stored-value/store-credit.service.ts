import { Inject, Injectable } from '@nestjs/common';
import { currencyExponent } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { StoreCreditEntry, StoreCreditView } from '../contract';
import { paymentsErrors } from '../payments.errors';
import { StoredValue } from './stored-value.service';

/** What staff change of a customer's credit. */
export interface CreditChange {
  /** Minor units; above 0 gives, below 0 takes. */
  amountMinor: number;
  currency: string;
  /** For whoever reads the history. */
  reason?: string;
}

/** What merchants do with the store credit of a customer. */
@Injectable()
export class StoreCredit {
  constructor(@Inject(StoredValue) private readonly value: StoredValue) {}

  /** What the customer can spend, by currency. Throws `payments.customer-missing`. */
  async list(store: StoreReader, customerId: string): Promise<StoreCreditView[]> {
    await this.refuseUnknown(store, customerId);
    return store.query<StoreCreditView>(
      `SELECT account_id AS id, currency, balance_minor AS "balanceMinor" FROM stored_value_accounts
       WHERE store_id = $1 AND customer_id = $2 ORDER BY currency`,
      [store.storeId, customerId],
    );
  }

  /**
   * Everything that changed the balance, the newest first. Throws `payments.customer-missing`.
   * @param page.before the last id of the page before, null on the first
   */
  async history(
    store: StoreReader,
    customerId: string,
    { limit, before }: { limit: number; before: string | null },
  ): Promise<StoreCreditEntry[]> {
    await this.refuseUnknown(store, customerId);
    const rows = await store.query<Omit<StoreCreditEntry, 'at'> & { at: Date }>(
      `SELECT e.entry_id AS id, e.kind, e.delta_minor AS "amountMinor", a.currency, e.reason, e.order_id AS "orderId", e.at
       FROM stored_value_entries e JOIN stored_value_accounts a USING (store_id, account_id)
       WHERE store_id = $1 AND a.customer_id = $2 AND e.kind <> 'spend' AND ($3::uuid IS NULL OR e.entry_id < $3)
       ORDER BY e.entry_id DESC LIMIT $4`,
      [store.storeId, customerId, before, limit],
    );
    return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  }

  /**
   * Gives or takes credit, once for each key; answers what the customer can spend then.
   * Throws `payments.customer-missing`, `payments.stored-value-short`, `currency.unknown`.
   */
  async adjust(
    store: StoreWriter,
    customerId: string,
    { amountMinor, currency, reason }: CreditChange,
    key: string,
  ): Promise<StoreCreditView> {
    currencyExponent(currency);
    await this.refuseUnknown(store, customerId);
    const accountId = await this.value.creditAccount(store, customerId, currency);
    const ref = `staff:${key}`;
    if (amountMinor > 0) {
      const money = { amountMinor, currency };
      await this.value.grantCredit(store, { customerId, money, ref, reason });
    } else {
      await this.value.takeCredit(store, { accountId, amountMinor: -amountMinor, ref, reason });
    }
    store.record({
      action: amountMinor > 0 ? 'store-credit.given' : 'store-credit.taken',
      target: { kind: 'customer', id: customerId },
      after: { amountMinor, currency, reason: reason ?? null },
    });
    const all = await this.list(store, customerId);
    return all.find(({ id }) => id === accountId)!;
  }

  /** Customers are a neighbour's: only whether there is such a one is asked. */
  private async refuseUnknown(store: StoreReader, customerId: string): Promise<void> {
    const [row] = await store.query(
      'SELECT 1 FROM customers WHERE store_id = $1 AND customer_id = $2',
      [store.storeId, customerId],
    );
    if (!row) throw paymentsErrors.error('customer-missing');
  }
}
