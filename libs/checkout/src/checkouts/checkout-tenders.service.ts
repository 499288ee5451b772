import { Inject, Injectable } from '@nestjs/common';
import { StoredValue } from '@libs/payments';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { QuoteInput } from '../quote';
import type { Checkout, EnteredCard } from './checkout';

/** How many gift cards pay for one checkout. */
export const mostCards = 5;

/** What a code that a shopper entered comes to; null when no gift card has it, or it may not be used any more. */
export type FoundCard = {
  kind: 'usable' | 'empty' | 'other-currency';
  card: EnteredCard;
  currency: string;
} | null;

/** What of a checkout's total is paid by gift cards and by the customer's credit. */
@Injectable()
export class CheckoutTenders {
  constructor(@Inject(StoredValue) private readonly value: StoredValue) {}

  /** The gift card of a code, as a shopper types it, and whether it can pay in this currency. */
  async findCard(store: StoreReader, code: string, currency: string): Promise<FoundCard> {
    const found = await this.value.findGiftCard(store, code);
    if (!found) return null;
    const card = { accountId: found.accountId, lastCharacters: found.lastCharacters ?? '' };
    if (found.currency !== currency)
      return { kind: 'other-currency', card, currency: found.currency };
    return { kind: found.balanceMinor > 0 ? 'usable' : 'empty', card, currency };
  }

  /** What the customer can spend in a currency, minor units; 0 for a guest. */
  async creditMinor(
    store: StoreReader,
    customerId: string | null,
    currency: string,
  ): Promise<number> {
    if (customerId === null) return 0;
    return (await this.value.creditOf(store, customerId, currency))?.balanceMinor ?? 0;
  }

  /** What the checkout can be paid with: cards that cannot be used any more are left out. */
  async available(store: StoreReader, checkout: Checkout): Promise<QuoteInput['storedValue']> {
    const { giftCards, useCredit, customerId, currency } = checkout;
    const ids = giftCards.map(({ accountId }) => accountId);
    const balances = ids.length === 0 ? [] : await this.value.balancesOf(store, ids);
    const byId = new Map(balances.map((one) => [one.accountId, one]));
    const cards = ids.flatMap((id) => byId.get(id) ?? []);
    const credit =
      useCredit && customerId !== null
        ? await this.value.creditOf(store, customerId, currency)
        : null;
    return [...cards, ...(credit ? [credit] : [])]
      .filter((one) => one.currency === currency)
      .map(({ kind, accountId, balanceMinor }) => ({
        kind,
        id: accountId,
        availableMinor: balanceMinor,
      }));
  }

  /** Sets aside what the quote takes of stored value; false when there is less now, and nothing may stay. */
  async hold(
    store: StoreWriter,
    { checkoutId, quote }: Pick<Checkout, 'checkoutId' | 'quote'>,
  ): Promise<boolean> {
    const wanted = storedTenders({ quote });
    if (wanted.length === 0) return true;
    try {
      await this.value.hold(store, checkoutId, wanted);
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'payments.stored-value-short') return false;
      throw error;
    }
  }

  /** What is held goes back to its cards and accounts. */
  release(store: StoreWriter, checkoutId: string): Promise<void> {
    return this.value.release(store, checkoutId);
  }

  /** What is held pays for the order. Throws when that is not what the quote says: such an order must not be. */
  async spend(
    store: StoreWriter,
    { checkoutId, quote }: Pick<Checkout, 'checkoutId' | 'quote'>,
    orderId: string,
  ): Promise<void> {
    const wanted = storedTenders({ quote });
    const spent = await this.value.spend(store, checkoutId, orderId);
    const total = (rows: readonly { amountMinor: number }[]): number =>
      rows.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    if (total(spent) !== total(wanted))
      throw new Error(`The checkout ${checkoutId} holds other stored value than it is to pay.`);
  }
}

function storedTenders({ quote }: Pick<Checkout, 'quote'>) {
  return (quote?.tenders ?? []).flatMap(({ kind, id, amountMinor }) =>
    kind === 'provider' || id === null ? [] : [{ accountId: id, amountMinor }],
  );
}
