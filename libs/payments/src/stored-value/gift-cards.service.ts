import { Inject, Injectable } from '@nestjs/common';
import { currencyExponent, type Money, newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { GiftCardView } from '../contract';
import { paymentsErrors } from '../payments.errors';
import { StoredValue } from './stored-value.service';

interface CardRow extends Omit<GiftCardView, 'expiresAt' | 'createdAt'> {
  expiresAt: Date | null;
  createdAt: Date;
}

const columns = `account_id AS id, last_characters AS "lastCharacters", currency, balance_minor AS "balanceMinor",
  expires_at AS "expiresAt", disabled_at IS NOT NULL AS disabled, created_at AS "createdAt"`;

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

  /** Makes one by hand; its code is in this answer alone. Throws `currency.unknown`. */
  async issue(
    store: StoreWriter,
    { money, expiresAt }: { money: Money; expiresAt: Date | null },
  ): Promise<GiftCardView & { code: string }> {
    currencyExponent(money.currency);
    const made = { money, expiresAt, ref: `staff:${newId()}` };
    const { accountId, code } = await this.value.issueGiftCard(store, made);
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
}

function view({ expiresAt, createdAt, ...row }: CardRow): GiftCardView {
  return {
    ...row,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
