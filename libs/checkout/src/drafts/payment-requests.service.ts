import { Inject, Injectable } from '@nestjs/common';
import { Orders } from '@libs/orders';
import type { StoreReader } from '@platform/database';
import { readCheckout } from '../checkouts/checkout-rows.queries';
import { CheckoutTokens } from '../checkouts/checkout-tokens.service';
import { ShopAddress } from '@libs/domains';

/** What somebody is asked to pay. */
export interface PaymentRequest {
  email: string;
  name: string;
  locale: string;
  lines: { title: string; quantity: number }[];
  totalMinor: number;
  currency: string;
  url: string;
  /** Whether it is the rest of an order of a test payment. */
  test: boolean;
}

/** What shoppers were asked to pay by a link. */
@Injectable()
export class PaymentRequests {
  constructor(
    @Inject(CheckoutTokens) private readonly tokens: CheckoutTokens,
    @Inject(ShopAddress) private readonly shop: ShopAddress,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  /** What a checkout asks for; null when nobody is to be asked any more. */
  async find(store: StoreReader, checkoutId: string): Promise<PaymentRequest | null> {
    const found = await readCheckout(store, checkoutId);
    if (!found?.quote || found.state !== 'open' || found.email === null) return null;
    const { email, locale, lines, currency, quote } = found;
    const address = found.shippingAddress ?? found.billingAddress;
    const orderId = found.terms?.orderId ?? null;
    return {
      email,
      name: address?.name ?? '',
      locale,
      lines: lines.map(({ title, variantTitle, quantity }) => ({
        title: variantTitle === null ? title : `${title}, ${variantTitle}`,
        quantity,
      })),
      totalMinor: quote.totals.totalMinor,
      currency,
      url: await this.shop.urlOf(
        store,
        `/checkouts/${this.tokens.of(store.storeId, checkoutId)}`,
        locale,
      ),
      test: orderId !== null && (await this.orders.get(store, orderId)).test,
    };
  }
}
