import { Inject, Injectable } from '@nestjs/common';
import { currencyExponent, type Money } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { httpErrors } from '@platform/http';
import type { GiftCardView } from '../contract';
import { paymentsErrors } from '../payments.errors';
import { StoredValue } from './stored-value.service';

interface CardRow extends Omit<GiftCardView, 'expiresAt' | 'createdAt'> {
  expiresAt: Date | null;
  createdAt: Date;
}

const columns = `account_id AS id, last_characters AS "lastCharacters", currency, balance_minor AS "balanceMinor",
  expires_at AS "expiresAt", disabled_at IS NOT NULL AS disabled, created_at AS "createdAt"`;

/** A gift card that staff make. */
export interface GiftCardWish {
  money: Money;
  expiresAt: Date | null;
  /** The asker's name for it: one card for each. */
  ref: string;
}

/** What merchants do with gift cards. */
@Injectable()
export class GiftCards {
  constructor(@Inject(StoredValue) private readonly value: StoredValue) {}

  /** Gift cards, newest first. @param page.before the last id of the page before, null on the first */
  async list(
    store: StoreReader,
    { limit, before }: { limit: number; before: string | null },
  ): Promise<GiftCardView[]> {
    const rows = await store.query<CardRow>(
      `SELECT ${columns} FROM stored_value_accounts WHERE store_id = $1 AND kind = 'gift_card'
         AND ($2::uuid IS NULL OR account_id < $2) ORDER BY account_id DESC LIMIT $3`,
      [store.storeId, before, limit],
    );
    return rows.map(view);
  }

  /** One gift card. Throws `payments.gift-card-missing`. */
  async get(store: StoreReader, id: string): Promise<GiftCardView> {
    const [row] = await store.query<CardRow>(
      `SELECT ${columns} FROM stored_value_accounts
       WHERE store_id = $1 AND kind = 'gift_card' AND account_id = $2`,
      [store.storeId, id],
    );
    if (!row) throw paymentsErrors.error('gift-card-missing');
    return view(row);
  }

  /**
   * Makes one by hand, once for each `ref`; its code is in this answer alone. Asked again within a day, which only
   * happens where the answer was lost, the same card gets another code: nobody has seen the first.
   * Throws `currency.unknown`, `http.idempotency-key-reused` for the name of an older or another card.
   */
  async issue(
    store: StoreWriter,
    { money, expiresAt, ref }: GiftCardWish,
  ): Promise<GiftCardView & { code: string }> {
    currencyExponent(money.currency);
    const earlier = await this.madeAs(store, ref, money);
    if (earlier) {
      const code = await this.value.replaceCode(store, earlier);
      return { ...(await this.get(store, earlier)), code };
    }
    const { accountId, code } = await this.value.issueGiftCard(store, { money, expiresAt, ref });
    const target = { kind: 'gift-card', id: accountId };
    store.record({ action: 'gift-card.issued', target, after: { ...money } });
    return { ...(await this.get(store, accountId)), code };
  }

  /** Stops a gift card or lets it be used again; what is held of it stays held. Throws `payments.gift-card-missing`. */
  async setDisabled(store: StoreWriter, id: string, disabled: boolean): Promise<GiftCardView> {
    await this.get(store, id);
    await store.execute(
      `UPDATE stored_value_accounts SET disabled_at = CASE WHEN $3 THEN coalesce(disabled_at, now()) END
       WHERE store_id = $1 AND account_id = $2`,
      [store.storeId, id, disabled],
    );
    const action = disabled ? 'gift-card.disabled' : 'gift-card.enabled';
    store.record({ action, target: { kind: 'gift-card', id } });
    return this.get(store, id);
  }

  /** The untouched card that was made under this name of late, or null. */
  private async madeAs(
    store: StoreWriter,
    ref: string,
    { amountMinor, currency }: Money,
  ): Promise<string | null> {
    const [made] = await store.query<{ id: string; isThis: boolean }>(
      `SELECT a.account_id AS id, a.currency = $3 AND e.delta_minor = $4 AND a.balance_minor = $4
         AND e.at > now() - interval '1 day' AS "isThis"
       FROM stored_value_entries e JOIN stored_value_accounts a USING (store_id, account_id)
       WHERE e.store_id = $1 AND e.kind = 'issue' AND e.ref = $2 AND e.ref LIKE 'card:%'`,
      [store.storeId, ref, currency, amountMinor],
    );
    if (!made) return null;
    if (!made.isThis)
      throw httpErrors.error('idempotency-key-reused', {}, { field: 'Idempotency-Key' });
    return made.id;
  }
}

function view({ expiresAt, createdAt, ...row }: CardRow): GiftCardView {
  return {
    ...row,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
