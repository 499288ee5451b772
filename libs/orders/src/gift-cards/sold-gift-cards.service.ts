import { Inject, Injectable } from '@nestjs/common';
import { StoredValue } from '@libs/payments';
import type { StoreReader, StoreWriter } from '@platform/database';
import { Secrets } from '@platform/secrets';
import { issueCards } from './issue-cards';
import { readCardLines, readSoldCards, sealOf } from './sold-cards.queries';

/** Gift cards that orders bought. */
@Injectable()
export class SoldGiftCards {
  constructor(
    @Inject(StoredValue) private readonly value: StoredValue,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  /** Issues what a paid order bought and has not got yet; answers how many. @throws orders.order-not-found */
  issue(store: StoreWriter, orderId: string): Promise<number> {
    const { value, secrets } = this;
    return issueCards({ store, value, secrets }, orderId);
  }

  /** The codes of these cards of an order, for the mail to whoever bought them; those taken back are left out. */
  async codes(
    store: StoreReader,
    orderId: string,
    accountIds: readonly string[],
  ): Promise<{ code: string; title: string; amountMinor: number }[]> {
    const lines = new Map((await readCardLines(store, orderId)).map((line) => [line.lineId, line]));
    const cards = await readSoldCards(store, orderId);
    return cards
      .filter(({ accountId }) => accountIds.includes(accountId))
      .map(({ accountId, lineId, sealedCode }) => ({
        code: this.secrets.open(sealedCode, sealOf(store.storeId, accountId)).toString('utf8'),
        title: lines.get(lineId)?.title ?? '',
        amountMinor: lines.get(lineId)?.unitMinor ?? 0,
      }));
  }
}
