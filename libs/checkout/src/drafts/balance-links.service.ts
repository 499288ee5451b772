import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { Orders } from '@libs/orders';
import type { StoreReader, StoreWriter } from '@platform/database';
import { blankCheckout } from '../checkouts/blank-checkout';
import { PaymentRequested } from '../checkouts/checkout.events';
import { CheckoutQuotes } from '../checkouts/checkout-quotes.service';
import { insertCheckout, saveCheckout } from '../checkouts/checkout-rows.queries';
import { CheckoutTokens } from '../checkouts/checkout-tokens.service';
import { linesOfSale } from '../checkouts/lines-of-sale';
import type { Terms } from '../checkouts/terms';
import type { Sale } from '../sales/sale';
import { draftsErrors } from './drafts.errors';
import { endBalances } from './end-balances.queries';
import { findOpenBalance } from './open-balance.queries';

/** Days in which the rest of an order can be paid by its link. */
const days = 30;

/** A link by which the rest of an order is paid. */
export interface BalanceLink {
  checkoutId: string;
  path: string;
  /** The language of the order. */
  locale: string;
  amountMinor: number;
  currency: string;
  /** ISO 8601. */
  until: string;
}

/** Asks for what is missing of an order's money, as after an edit. */
@Injectable()
export class BalanceLinks {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(CheckoutQuotes) private readonly quotes: CheckoutQuotes,
    @Inject(CheckoutTokens) private readonly tokens: CheckoutTokens,
  ) {}

  /** The path by which the rest of an order can be paid now; null while there is none. */
  async openPath(store: StoreReader, orderId: string): Promise<string | null> {
    const checkoutId = await findOpenBalance(store, orderId);
    return checkoutId && `/checkouts/${this.tokens.of(store.storeId, checkoutId)}`;
  }

  /**
   * A link of what is owed now; the links before it lead nowhere any more.
   * @param ask.notify whether the shopper gets it by mail
   * @param ask.refused whether it is asked because a provider refused to take the money
   * @throws orders.order-not-found, orders.cancelled, drafts.nothing-owed
   */
  async create(
    store: StoreWriter,
    orderId: string,
    ask: { notify: boolean; message: string | null; refused?: boolean },
  ): Promise<BalanceLink> {
    const { notify, message, refused = false } = ask;
    await endBalances(store, orderId);
    const order = await this.orders.lock(store, orderId);
    const { owedMinor } = await this.orders.balance(store, orderId);
    if (owedMinor === 0) throw draftsErrors.error('nothing-owed', { name: order.name });
    const checkoutId = newId();
    const { currency, locale, customerId, email, phone } = order;
    const until = new Date(Date.now() + days * 24 * 3_600_000).toISOString();
    const terms: Terms = {
      kind: 'balance',
      sale: restOf(order.name, { amountMinor: owedMinor, currency }),
      tags: [],
      orderId,
      until,
      reservedUntil: null,
      requestedAt: notify ? new Date().toISOString() : null,
      deletedAt: null,
    };
    const { shippingAddress, billingAddress } = order;
    const checkout = {
      ...blankCheckout({ checkoutId, currency, locale }),
      customerId,
      email,
      phone,
      shippingAddress,
      billingAddress,
      lines: linesOfSale(terms.sale),
      terms,
    };
    const token = this.tokens.of(store.storeId, checkoutId);
    await insertCheckout(store, checkout, { token, browser: null }, days * 24);
    const { checkout: priced } = await this.quotes.price(store, checkout);
    await saveCheckout(store, priced);
    if (notify && email !== null) store.publish(PaymentRequested, { checkoutId, message, refused });
    return {
      checkoutId,
      path: `/checkouts/${token}`,
      locale,
      amountMinor: owedMinor,
      currency,
      until,
    };
  }
}

/** The taxes of what was sold are with the order; its rest is an amount. */
function restOf(
  name: string,
  { amountMinor, currency }: { amountMinor: number; currency: string },
): Sale {
  const line = {
    id: newId(),
    variantId: null,
    productId: null,
    title: name,
    variantTitle: null,
    sku: null,
    mediaId: null,
    properties: [],
    quantity: 1,
    unitMinor: amountMinor,
    priceAgreed: true,
    taxable: false,
    taxCode: null,
    rates: [],
    requiresShipping: false,
    giftCard: false,
    grams: 0,
    given: [],
  };
  return { currency, lines: [line], discount: null, shipping: null, fees: [] };
}
