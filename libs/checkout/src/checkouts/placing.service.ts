import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { Images, imageView } from '@libs/media';
import { Orders } from '@libs/orders';
import { Payments } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import { takeOrdered } from '../carts/cart-rows.queries';
import { awaitVatNumber } from '../taxes/vat-numbers/vat-rechecks.queries';
import { Buyers } from './buyers.service';
import { type CheckoutRow, saveCheckout } from './checkout-rows.queries';
import { CheckoutHoldings } from './checkout-holdings.service';
import { orderSnapshot } from './order-snapshot';
import type { PaymentView } from '@libs/payments';

/** Makes an order of a checkout, inside the transaction of whoever settles it. */
@Injectable()
export class Placing {
  constructor(
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Images) private readonly images: Images,
    @Inject(Buyers) private readonly buyers: Buyers,
    @Inject(CheckoutHoldings) private readonly holdings: CheckoutHoldings,
  ) {}

  /**
   * Places the order, in the order of locks that holds everywhere: checkout, payment, discounts, stored value, stock, and last the
   * counter that numbers it.
   * @param payer the payment that pays; null when nothing is due
   * @returns the order's id
   */
  async place(
    store: StoreWriter,
    checkout: CheckoutRow,
    payer: PaymentView | null,
    risk: readonly string[],
  ): Promise<string> {
    const { checkoutId, quote } = checkout;
    if (!quote) throw new Error(`The checkout ${checkoutId} has no amounts.`);
    const orderId = newId();
    const paymentId = payer?.paymentId ?? null;
    await saveCheckout(store, {
      ...checkout,
      state: 'completed',
      orderId,
      paymentId,
      failure: null,
    });
    await takeOrdered(store, checkout);
    const images = await this.imagesOf(store, checkout);
    const customerId = await this.buyers.ownerOf(store, checkout);
    if (payer) {
      await this.payments.assignOrder(store, checkoutId, orderId, [payer.paymentId]);
      await this.capture(store, payer, orderId);
    }
    const allocations = await this.holdings.use(store, checkout, orderId);
    const { exchange, vatNumber } = checkout;
    if (vatNumber?.check === 'unreachable') await awaitVatNumber(store, orderId, vatNumber);
    const begun = await this.payments.ofCheckout(store, checkoutId);
    await this.orders.create(
      store,
      orderSnapshot({
        orderId,
        customerId,
        checkout: { ...checkout, quote },
        allocations,
        payer,
        images,
        risk,
        attempts: begun.length,
        exchange,
      }),
    );
    return orderId;
  }

  /**
   * Gives an order the payment of its rest: checkout, order, payment.
   * @returns the order's id
   */
  async payRest(
    store: StoreWriter,
    checkout: CheckoutRow,
    payer: PaymentView | null,
  ): Promise<string> {
    const orderId = checkout.terms?.orderId;
    if (!orderId) throw new Error(`The checkout ${checkout.checkoutId} is of no order.`);
    const paymentId = payer?.paymentId ?? null;
    const done = { ...checkout, state: 'completed' as const, orderId, paymentId, failure: null };
    await saveCheckout(store, done);
    await this.orders.lock(store, orderId);
    if (payer) {
      await this.payments.assignOrder(store, checkout.checkoutId, orderId, [payer.paymentId]);
      await this.capture(store, payer, orderId);
    }
    await this.orders.takeStockOfMoney(store, orderId);
    return orderId;
  }

  /** Holds again what a checkout held before its time was over; false, and nothing is held, when it is gone. */
  async holdAgain(store: StoreWriter, checkout: CheckoutRow): Promise<boolean> {
    const { quote } = checkout;
    if (!quote) return false;
    await store.execute('SAVEPOINT before_revival');
    if ((await this.holdings.take(store, { ...checkout, quote })) === null) return true;
    await store.execute('ROLLBACK TO SAVEPOINT before_revival');
    return false;
  }

  /** Money moves once the order exists, where the provider has only held it until then. */
  private async capture(store: StoreWriter, payer: PaymentView, orderId: string): Promise<void> {
    const { paymentId, authorizedMinor } = payer;
    if (authorizedMinor === 0) return;
    const key = `order:${orderId}`;
    await this.payments.wantCapture(store, { paymentId, amountMinor: authorizedMinor, key });
  }

  private async imagesOf(
    store: StoreWriter,
    { lines }: CheckoutRow,
  ): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(lines.flatMap(({ mediaId }) => mediaId ?? []))];
    const ready = ids.length === 0 ? new Map() : await this.images.ready(store, ids);
    const addresses = lines.flatMap(({ id, mediaId, title }): [string, string][] => {
      const image = mediaId === null ? undefined : ready.get(mediaId);
      return mediaId !== null && image ? [[id, imageView(mediaId, image, title).src]] : [];
    });
    return new Map(addresses);
  }
}
