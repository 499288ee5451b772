import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import type { CheckoutAnswer } from '../contract';
import { ShopAddress } from '@libs/domains';
import { pricedLines } from '../sales/priced-lines';
import { type CheckoutRow, listCheckouts, readCheckout } from './checkout-rows.queries';
import { CheckoutTokens } from './checkout-tokens.service';
import { checkoutsErrors } from './checkouts.errors';
import type { CheckoutState } from './state';

/** Which checkouts are listed, and after which one. */
interface Page {
  state?: CheckoutState;
  limit: number;
  /** The id of the last one of the page before. */
  before: string | null;
}

/**
 * Checkouts of shoppers as the merchant's API answers them. What staff agreed on is a draft order, and not among them;
 * what a provider needs to be paid, and the tokens of the shopper's browser, are in no answer.
 */
@Injectable()
export class CheckoutAnswers {
  constructor(
    @Inject(CheckoutTokens) private readonly tokens: CheckoutTokens,
    @Inject(ShopAddress) private readonly shop: ShopAddress,
  ) {}

  /** A checkout; null where there is none, or it is staff's. */
  async find(store: StoreReader, checkoutId: string): Promise<CheckoutAnswer | null> {
    const found = await readCheckout(store, checkoutId);
    return found && !found.terms ? this.answer(store, found) : null;
  }

  /** A checkout. @throws checkouts.checkout-not-found */
  async get(store: StoreReader, checkoutId: string): Promise<CheckoutAnswer> {
    const found = await this.find(store, checkoutId);
    if (!found) throw checkoutsErrors.error('checkout-not-found');
    return found;
  }

  /** Checkouts, the newest first. */
  async list(store: StoreReader, page: Page): Promise<CheckoutAnswer[]> {
    const rows = await listCheckouts(store, page);
    return Promise.all(rows.map((row) => this.answer(store, row)));
  }

  private async answer(store: StoreReader, row: CheckoutRow): Promise<CheckoutAnswer> {
    const { quote, consent, vatNumber } = row;
    const chosen = row.deliveryOptions.find(({ rateId }) => rateId === row.deliveryRateId);
    const products = new Map(row.lines.map(({ id, productId }) => [id, productId]));
    return {
      id: row.checkoutId,
      state: row.state,
      version: row.version,
      locale: row.locale,
      source: row.source,
      customerId: row.customerId,
      email: row.email,
      phone: row.phone,
      shippingAddress: row.shippingAddress,
      billingAddress: row.billingAddress,
      vatNumber: vatNumber && {
        number: vatNumber.number,
        country: vatNumber.country,
        check: vatNumber.check,
      },
      consent: consent && { marketing: consent.marketing, terms: consent.terms, at: consent.at },
      currency: row.currency,
      lines: (quote ? pricedLines(row.lines, quote) : []).map((line) => ({
        ...line,
        properties: line.properties.map(([name, value]): [string, string] => [name, value]),
        productId: products.get(line.id) ?? '',
      })),
      delivery: chosen
        ? { title: chosen.title, kind: chosen.kind, priceMinor: chosen.priceMinor }
        : null,
      codes: row.codes,
      discounts: (quote?.discounts ?? []).map(({ id, title, code, amountMinor }) => ({
        id,
        title,
        code,
        amountMinor,
      })),
      totals: quote?.totals ?? null,
      note: row.note,
      attributes: row.attributes,
      recoveryUrl: await this.recoveryUrl(store, row),
      orderId: row.orderId,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      completedAt: row.completedAt?.toISOString() ?? null,
      expiresAt: row.expiresAt,
    };
  }

  /** Where the shopper goes on; null once there is nothing to go on with. */
  private recoveryUrl(
    store: StoreReader,
    { checkoutId, tokenRound, state, overdue, locale }: CheckoutRow,
  ): Promise<string | null> {
    if (overdue || (state !== 'open' && state !== 'paying')) return Promise.resolve(null);
    const token = this.tokens.of(store.storeId, checkoutId, tokenRound);
    return this.shop.urlOf(store, `/checkouts/${token}`, locale);
  }
}
