import { Inject, Injectable } from '@nestjs/common';
import { Images } from '@libs/media';
import { type BrowserField, type PaymentMethod, Payments } from '@libs/payments';
import type { StoreReader } from '@platform/database';
import { CheckoutTenders } from '../checkouts/checkout-tenders.service';
import type { CheckoutRow } from '../checkouts/checkout-rows.queries';
import { Checkouts } from '../checkouts/checkouts.service';
import { providerMinor } from '../checkouts/provider-minor';
import type { CheckoutView } from './checkout/page-input';

/** Twice the size at which a line's picture is shown. */
const thumbWidth = '180';

/** Checkouts as their pages show them. */
@Injectable()
export class CheckoutViews {
  constructor(
    @Inject(Checkouts) private readonly checkouts: Checkouts,
    @Inject(Images) private readonly images: Images,
    @Inject(CheckoutTenders) private readonly tenders: CheckoutTenders,
    @Inject(Payments) private readonly payments: Payments,
  ) {}

  /**
   * A checkout with its pictures and the ways to pay it.
   * @param who.isTheirs whether the customer of the checkout is the one who looks at it: only they see their credit
   */
  async view(
    store: StoreReader,
    token: string,
    checkout: CheckoutRow,
    { isTheirs }: { isTheirs: boolean },
  ): Promise<CheckoutView> {
    const open = checkout.state === 'open';
    const methods = open ? await this.checkouts.methods(store, checkout) : [];
    const { customerId, currency } = checkout;
    const balanceMinor =
      open && isTheirs ? await this.tenders.creditMinor(store, customerId, currency) : 0;
    const credit = balanceMinor > 0 ? { balanceMinor } : null;
    const fields = await this.fields(store, checkout, methods);
    const images = await this.pictures(store, checkout);
    return { token, checkout, methods, fields, credit, images };
  }

  private async fields(
    store: StoreReader,
    checkout: CheckoutRow,
    methods: readonly PaymentMethod[],
  ): Promise<ReadonlyMap<string, BrowserField>> {
    const money = { amountMinor: providerMinor(checkout), currency: checkout.currency };
    const accountIds = methods.map(({ accountId }) => accountId);
    if (checkout.state === 'paying') {
      const payments = await this.payments.ofCheckout(store, checkout.checkoutId);
      const begun = payments.find(({ paymentId }) => paymentId === checkout.paymentId);
      if (begun?.flow === 'browser') accountIds.push(begun.accountId);
    }
    return this.payments.fields(store, { money, accountIds });
  }

  private async pictures(
    store: StoreReader,
    { lines }: CheckoutRow,
  ): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(lines.flatMap(({ mediaId }) => mediaId ?? []))];
    if (ids.length === 0) return new Map();
    const ready = await this.images.ready(store, ids);
    const addresses = lines.flatMap(({ id, mediaId }): [string, string][] => {
      const image = mediaId === null ? undefined : ready.get(mediaId);
      return image ? [[id, image.src.replace('{width}', thumbWidth)]] : [];
    });
    return new Map(addresses);
  }
}
