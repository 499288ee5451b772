import { Inject, Injectable } from '@nestjs/common';
import { Payments } from '@libs/payments';
import type { StoreReader } from '@platform/database';
import { readCheckout } from './checkout-rows.queries';

/** Who paid too late, and what goes back to them. */
export interface LatePayment {
  email: string;
  name: string;
  locale: string;
  amountMinor: number;
  currency: string;
  /** Goods with how many were wanted of each. */
  lines: { title: string; quantity: number }[];
  /** Whether it was a test, and no money moved. */
  test: boolean;
}

/** Money that came for checkouts that were over. */
@Injectable()
export class LateMoney {
  constructor(@Inject(Payments) private readonly payments: Payments) {}

  /** What a late payment was for; null where nobody can be written to. */
  async find(
    store: StoreReader,
    { checkoutId, paymentId }: { checkoutId: string; paymentId: string },
  ): Promise<LatePayment | null> {
    const checkout = await readCheckout(store, checkoutId);
    const payments = await this.payments.ofCheckout(store, checkoutId);
    const payment = payments.find((one) => one.paymentId === paymentId);
    if (!checkout?.email || !payment) return null;
    const { email, locale, lines } = checkout;
    return {
      ...payment.money,
      email,
      locale,
      name: (checkout.shippingAddress ?? checkout.billingAddress)?.name ?? '',
      lines: lines.map(({ title, variantTitle, quantity }) => ({
        title: variantTitle === null ? title : `${title}, ${variantTitle}`,
        quantity,
      })),
      test: payment.testMode,
    };
  }
}
