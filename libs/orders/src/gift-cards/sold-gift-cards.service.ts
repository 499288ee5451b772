import { Inject, Injectable } from '@nestjs/common';
import { StoredValue } from '@libs/payments';
import type { StoreReader, StoreWriter } from '@platform/database';
import { Secrets } from '@platform/secrets';
import { issueCards } from './issue-cards';
import { type CardLineView, readCardLineViews } from './card-lines';
import { changeRecipient, type RecipientPatch } from './change-recipient';
import type { GiftRecipient } from './recipient';
import { type CardPlace, sendAgain } from './send-cards';
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

  /** What an order bought of them, by line. @throws orders.order-not-found */
  lines(store: StoreReader, orderId: string): Promise<CardLineView[]> {
    return readCardLineViews(store, orderId);
  }

  /** Whom the cards of a line are for; null for its buyer, or when it is no such line. */
  async recipient(
    store: StoreReader,
    { orderId, lineId }: CardPlace,
  ): Promise<GiftRecipient | null> {
    const lines = await readCardLines(store, orderId);
    return lines.find((line) => line.lineId === lineId)?.recipient ?? null;
  }

  /**
   * Names whom the cards of a line are for, and when they are mailed, before they were.
   * @throws orders.order-not-found, orders.gift-line-not-found, orders.gift-cards-sent, orders.gift-recipient-needed,
   * orders.gift-day
   */
  change(store: StoreWriter, place: CardPlace, patch: RecipientPatch): Promise<void> {
    return changeRecipient(store, place, patch);
  }

  /**
   * Mails the cards of a line now or once more.
   * @throws orders.order-not-found, orders.cancelled, orders.gift-line-not-found, orders.gift-cards-missing,
   * orders.gift-recipient-erased
   */
  send(store: StoreWriter, place: CardPlace, sending: string): Promise<void> {
    return sendAgain(store, place, sending);
  }

  /** The codes of these cards of an order, for a mail to whoever gets them; those taken back are left out. */
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
