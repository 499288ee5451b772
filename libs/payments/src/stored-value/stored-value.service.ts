import { Injectable } from '@nestjs/common';
import { type Money, newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { hashToken } from '@platform/secrets';
import { paymentsErrors } from '../payments.errors';
import { newGiftCardCode, plainCode } from './gift-card-code';

/** What can be spent of a gift card or of a customer's credit. */
export interface StoredBalance {
  accountId: string;
  kind: 'gift_card' | 'store_credit';
  /** The end of a gift card's code, by which its owner knows it; null for credit. */
  lastCharacters: string | null;
  currency: string;
  balanceMinor: number;
}

/** A part of a checkout's total that stored value pays. */
export interface WantedHold {
  accountId: string;
  amountMinor: number;
}

const columns = `account_id AS "accountId", kind, last_characters AS "lastCharacters", currency, balance_minor AS "balanceMinor"`;
const usable = `disabled_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;

/** Gift cards and store credit. The balance is the sum of append-only entries, and never below zero. */
@Injectable()
export class StoredValue {
  /**
   * Makes a gift card. Its code is told here and never again.
   * @param input.ref the asker's name for it, such as an order's line
   */
  async issueGiftCard(
    store: StoreWriter,
    { money, ref, expiresAt = null }: { money: Money; ref: string; expiresAt?: Date | null },
  ): Promise<{ accountId: string; code: string }> {
    const accountId = newId();
    const code = newGiftCardCode();
    const plain = plainCode(code);
    await store.execute(
      `INSERT INTO stored_value_accounts (store_id, account_id, kind, code_hash, last_characters, currency, expires_at)
       VALUES ($1, $2, 'gift_card', $3, $4, $5, $6)`,
      [store.storeId, accountId, hashToken(plain), plain.slice(-4), money.currency, expiresAt],
    );
    await this.add(store, { accountId, kind: 'issue', deltaMinor: money.amountMinor, ref });
    return { accountId, code };
  }

  /** Gives a gift card another code, which is told here and never again; the one before opens nothing any more. */
  async replaceCode(store: StoreWriter, accountId: string): Promise<string> {
    const code = newGiftCardCode();
    const plain = plainCode(code);
    await store.execute(
      `UPDATE stored_value_accounts SET code_hash = $3, last_characters = $4
       WHERE store_id = $1 AND account_id = $2 AND kind = 'gift_card'`,
      [store.storeId, accountId, hashToken(plain), plain.slice(-4)],
    );
    return code;
  }

  /** Gives a customer credit, once for each `ref`. */
  async grantCredit(
    store: StoreWriter,
    input: { customerId: string; money: Money; ref: string; reason?: string },
  ): Promise<{ accountId: string }> {
    const { customerId, money, ref, reason } = input;
    const accountId = await this.creditAccount(store, customerId, money.currency);
    const { amountMinor: deltaMinor } = money;
    await this.add(store, { accountId, kind: 'issue', deltaMinor, ref, reason });
    return { accountId };
  }

  /** The id of the customer's account of credit in a currency, which is made when there is none. */
  async creditAccount(store: StoreWriter, customerId: string, currency: string): Promise<string> {
    await store.execute(
      `INSERT INTO stored_value_accounts (store_id, account_id, kind, customer_id, currency)
       VALUES ($1, $2, 'store_credit', $3, $4) ON CONFLICT DO NOTHING`,
      [store.storeId, newId(), customerId, currency],
    );
    const [row] = await store.query<{ accountId: string }>(
      `SELECT account_id AS "accountId" FROM stored_value_accounts
       WHERE store_id = $1 AND customer_id = $2 AND currency = $3`,
      [store.storeId, customerId, currency],
    );
    return row!.accountId;
  }

  /** Gives what an order paid otherwise back as credit, once for each `ref`. */
  async credit(
    store: StoreWriter,
    input: { orderId: string; accountId: string; amountMinor: number; ref: string },
  ): Promise<void> {
    const { orderId, accountId, amountMinor, ref } = input;
    await this.add(store, { accountId, kind: 'issue', deltaMinor: amountMinor, ref, orderId });
  }

  /**
   * Takes credit away again, once for each `ref`. Throws `payments.stored-value-short` when there is not so much.
   */
  async takeCredit(
    store: StoreWriter,
    input: { accountId: string; amountMinor: number; ref: string; reason?: string },
  ): Promise<void> {
    const { accountId, amountMinor, ref, reason } = input;
    const entry = { accountId, kind: 'adjust', deltaMinor: -amountMinor, ref, reason } as const;
    if ((await this.note(store, entry)) === 0) return;
    const taken = await store.execute(
      `UPDATE stored_value_accounts SET balance_minor = balance_minor - $3
       WHERE store_id = $1 AND account_id = $2 AND balance_minor >= $3`,
      [store.storeId, accountId, amountMinor],
    );
    if (taken === 0) throw paymentsErrors.error('stored-value-short', {}, { field: 'amountMinor' });
  }

  /**
   * Stops gift cards of which nothing was used or is held, as many as asked for; answers which.
   * @param accountIds of gift cards, those to be stopped last first
   */
  async disableUnused(
    store: StoreWriter,
    accountIds: readonly string[],
    count: number,
  ): Promise<string[]> {
    const whole = await store.query<{ id: string }>(
      `SELECT account_id AS id FROM stored_value_accounts a
       WHERE store_id = $1 AND account_id = ANY ($2) AND disabled_at IS NULL AND balance_minor = (
         SELECT coalesce(sum(delta_minor), 0) FROM stored_value_entries e
         WHERE e.store_id = $1 AND e.account_id = a.account_id AND e.kind = 'issue')
       ORDER BY account_id FOR NO KEY UPDATE`,
      [store.storeId, accountIds],
    );
    const unused = new Set(whole.map(({ id }) => id));
    const gone = accountIds.filter((id) => unused.has(id)).slice(-count);
    await store.execute(
      `UPDATE stored_value_accounts SET disabled_at = now() WHERE store_id = $1 AND account_id = ANY ($2)`,
      [store.storeId, gone],
    );
    return gone;
  }

  /** The gift card with this code, as a shopper types it, while it can be used; else null. */
  async findGiftCard(store: StoreReader, code: string): Promise<StoredBalance | null> {
    const [row] = await store.query<StoredBalance>(
      `SELECT ${columns} FROM stored_value_accounts WHERE store_id = $1 AND code_hash = $2 AND ${usable}`,
      [store.storeId, hashToken(plainCode(code))],
    );
    return row ?? null;
  }

  /** The customer's credit in a currency, or null when there never was any. */
  async creditOf(
    store: StoreReader,
    customerId: string,
    currency: string,
  ): Promise<StoredBalance | null> {
    const [row] = await store.query<StoredBalance>(
      `SELECT ${columns} FROM stored_value_accounts
       WHERE store_id = $1 AND customer_id = $2 AND currency = $3 AND ${usable}`,
      [store.storeId, customerId, currency],
    );
    return row ?? null;
  }

  /** What can be spent of these accounts now, in no promised order; those that cannot be used are left out. */
  balancesOf(store: StoreReader, accountIds: readonly string[]): Promise<StoredBalance[]> {
    return store.query<StoredBalance>(
      `SELECT ${columns} FROM stored_value_accounts WHERE store_id = $1 AND account_id = ANY ($2) AND ${usable}`,
      [store.storeId, accountIds],
    );
  }

  /**
   * Sets parts aside for a checkout, each account once. Asking again for what is held changes nothing.
   * Throws `payments.stored-value-short` when one has not so much, in which case nothing of the transaction may stay.
   */
  async hold(store: StoreWriter, checkoutId: string, wanted: readonly WantedHold[]): Promise<void> {
    for (const { accountId, amountMinor } of wanted.toSorted(byAccount)) {
      const held = await store.execute(
        `INSERT INTO stored_value_holds AS h (store_id, checkout_id, account_id, amount_minor, state)
         VALUES ($1, $2, $3, $4, 'held')
         ON CONFLICT (store_id, checkout_id, account_id) DO UPDATE
           SET state = 'held', amount_minor = excluded.amount_minor, at = now() WHERE h.state = 'released'`,
        [store.storeId, checkoutId, accountId, amountMinor],
      );
      if (held === 0) continue;
      const taken = await store.execute(
        `UPDATE stored_value_accounts SET balance_minor = balance_minor - $3
         WHERE store_id = $1 AND account_id = $2 AND balance_minor >= $3 AND ${usable}`,
        [store.storeId, accountId, amountMinor],
      );
      if (taken === 0) throw paymentsErrors.error('stored-value-short');
      await this.note(store, {
        accountId,
        kind: 'hold',
        deltaMinor: -amountMinor,
        ref: checkoutId,
      });
    }
  }

  /** What the checkout holds is spent on the order. Does nothing the second time. */
  async spend(store: StoreWriter, checkoutId: string, orderId: string): Promise<WantedHold[]> {
    const spent = await this.end(store, checkoutId, 'spent', orderId);
    for (const { accountId } of spent) {
      await this.note(store, { accountId, kind: 'spend', deltaMinor: 0, ref: orderId, orderId });
    }
    return spent;
  }

  /** What the checkout holds can be spent elsewhere again. Does nothing the second time. */
  async release(store: StoreWriter, checkoutId: string): Promise<void> {
    for (const { accountId, amountMinor } of await this.end(store, checkoutId, 'released', null)) {
      await this.change(store, accountId, amountMinor);
      await this.note(store, {
        accountId,
        kind: 'release',
        deltaMinor: amountMinor,
        ref: checkoutId,
      });
    }
  }

  /** What an order was paid with, by account. */
  ofOrder(store: StoreReader, orderId: string): Promise<WantedHold[]> {
    return store.query<WantedHold>(
      `SELECT account_id AS "accountId", amount_minor AS "amountMinor" FROM stored_value_holds
       WHERE store_id = $1 AND order_id = $2 AND state = 'spent' ORDER BY account_id`,
      [store.storeId, orderId],
    );
  }

  /**
   * Puts back a part of what an order spent, once for each `ref`. Throws `payments.refund-too-large`.
   * @param input.accountId one with which the order was paid
   */
  async refund(
    store: StoreWriter,
    input: { orderId: string; accountId: string; amountMinor: number; ref: string },
  ): Promise<void> {
    const { orderId, accountId, amountMinor, ref } = input;
    await store.execute(
      'SELECT FROM stored_value_accounts WHERE store_id = $1 AND account_id = $2 FOR NO KEY UPDATE',
      [store.storeId, accountId],
    );
    const [sums] = await store.query<{ spent: number; refunded: number; known: boolean }>(
      `SELECT
         (SELECT coalesce(sum(amount_minor), 0)::bigint FROM stored_value_holds
          WHERE store_id = $1 AND order_id = $2 AND account_id = $3 AND state = 'spent') AS spent,
         coalesce(sum(delta_minor), 0)::bigint AS refunded, coalesce(bool_or(ref = $4), false) AS known
       FROM stored_value_entries
       WHERE store_id = $1 AND order_id = $2 AND account_id = $3 AND kind = 'refund'`,
      [store.storeId, orderId, accountId, ref],
    );
    if (sums?.known) return;
    const available = (sums?.spent ?? 0) - (sums?.refunded ?? 0);
    if (amountMinor > available) throw paymentsErrors.error('refund-too-large', { available });
    await this.add(store, { accountId, kind: 'refund', deltaMinor: amountMinor, ref, orderId });
  }

  /** Ends the checkout's holds; the rows in order of their accounts, which are locked after them. */
  private async end(
    store: StoreWriter,
    checkoutId: string,
    state: 'spent' | 'released',
    orderId: string | null,
  ): Promise<WantedHold[]> {
    const ended = await store.query<WantedHold>(
      `UPDATE stored_value_holds SET state = $3, order_id = $4, at = now()
       WHERE store_id = $1 AND checkout_id = $2 AND state = 'held'
       RETURNING account_id AS "accountId", amount_minor AS "amountMinor"`,
      [store.storeId, checkoutId, state, orderId],
    );
    return ended.sort(byAccount);
  }

  /** An entry and its effect; nothing when it was made before. */
  private async add(store: StoreWriter, entry: Entry): Promise<void> {
    if ((await this.note(store, entry)) > 0) {
      await this.change(store, entry.accountId, entry.deltaMinor);
    }
  }

  private async change(store: StoreWriter, accountId: string, deltaMinor: number): Promise<void> {
    await store.execute(
      'UPDATE stored_value_accounts SET balance_minor = balance_minor + $3 WHERE store_id = $1 AND account_id = $2',
      [store.storeId, accountId, deltaMinor],
    );
  }

  private note(
    store: StoreWriter,
    { accountId, kind, deltaMinor, ref, orderId, reason }: Entry,
  ): Promise<number> {
    return store.execute(
      `INSERT INTO stored_value_entries (store_id, entry_id, account_id, kind, delta_minor, ref, order_id, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (store_id, account_id, kind, ref) WHERE kind IN ('issue', 'refund', 'adjust') DO NOTHING`,
      [store.storeId, newId(), accountId, kind, deltaMinor, ref, orderId ?? null, reason ?? null],
    );
  }
}

interface Entry {
  accountId: string;
  kind: 'issue' | 'hold' | 'release' | 'spend' | 'refund' | 'adjust';
  deltaMinor: number;
  ref: string;
  orderId?: string;
  reason?: string;
}

function byAccount(a: WantedHold, b: WantedHold): number {
  return a.accountId < b.accountId ? -1 : 1;
}
