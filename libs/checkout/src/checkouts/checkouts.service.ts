import { Inject, Injectable } from '@nestjs/common';
import { Stock } from '@libs/catalog';
import { newId } from '@libs/kernel';
import { Orders } from '@libs/orders';
import type { StoreReader, StoreWriter } from '@platform/database';
import { OpenCarts } from '../carts/open-carts.service';
import type { Cart } from '../carts/cart';
import { type Checkout, waits } from './checkout';
import { type CheckoutChange, applyChange, normalCodes } from './checkout-change';
import { CheckoutStarted } from './checkout.events';
import { CheckoutQuotes } from './checkout-quotes.service';
import {
  type CheckoutRow,
  findCheckout,
  insertCheckout,
  lockCheckout,
  lockCheckoutOfCart,
  readCheckout,
  rotateToken,
  saveCheckout,
  writeCheckout,
} from './checkout-rows.queries';
import { blankCheckout } from './blank-checkout';
import { Buyers } from './buyers.service';
import { CheckoutTokens } from './checkout-tokens.service';
import { freezeLines } from './freeze-cart';
import { type PaymentMethod, Payments } from '@libs/payments';
import { methodQuestion } from './provider-minor';
import { nextState } from './state';

/** Who begins to check out, and what. */
export interface StartInput {
  cartToken: string | null;
  /** The token of the browser's cookie for checkouts. */
  browser: string;
  locale: string;
  source: string | null;
  /** Who is signed in; null for a guest. */
  customerId: string | null;
}

/** What became of a change. */
export type UpdateOutcome =
  | { kind: 'done'; checkout: CheckoutRow; unknownCodes: string[] }
  /** Another tab changed it since it was read. */
  | { kind: 'raced'; checkout: CheckoutRow }
  /** It is being paid, has been, or its time is over. */
  | { kind: 'not-open'; checkout: CheckoutRow }
  | { kind: 'missing' };

/** Checkouts until the shopper pays. */
@Injectable()
export class Checkouts {
  constructor(
    @Inject(OpenCarts) private readonly carts: OpenCarts,
    @Inject(CheckoutQuotes) private readonly quotes: CheckoutQuotes,
    @Inject(Buyers) private readonly buyers: Buyers,
    @Inject(CheckoutTokens) private readonly tokens: CheckoutTokens,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Stock) private readonly stock: Stock,
    @Inject(Orders) private readonly orders: Orders,
  ) {}

  /**
   * A transaction that starts or changes a checkout. It is begun anew once the services that its price needs have
   * answered, so `work` leaves nothing behind elsewhere.
   */
  write<T>(storeId: string, work: (store: StoreWriter) => Promise<T>): Promise<T> {
    return this.quotes.answers.write(storeId, work);
  }

  /** The checkout of a token, its own one or that of a mail about its order; or null. */
  async find(store: StoreReader, token: string): Promise<CheckoutRow | null> {
    const found = await findCheckout(store, token);
    const order = found ? null : await this.orders.findByStatusToken(store, token);
    return order ? readCheckout(store, order.checkoutId) : found;
  }

  /** A checkout by its id, or null. */
  read(store: StoreReader, checkoutId: string): Promise<CheckoutRow | null> {
    return readCheckout(store, checkoutId);
  }

  /** The token of the address that leads back to a checkout. */
  async tokenOf(store: StoreReader, checkoutId: string): Promise<string> {
    const checkout = await readCheckout(store, checkoutId);
    return this.tokens.of(store.storeId, checkoutId, checkout?.tokenRound ?? 0);
  }

  /** What the store offers to pay this checkout with. */
  methods(store: StoreReader, checkout: Checkout): Promise<PaymentMethod[]> {
    return this.payments.methods(store, methodQuestion(checkout));
  }

  /**
   * Begins a checkout of the shopper's cart, or goes on with the one that there is: a cart that has changed since makes
   * another revision of it, unless it is being paid.
   * @returns the token of its address; null for an empty cart
   * @throws Unasked outside `write`
   */
  async start(store: StoreWriter, input: StartInput): Promise<string | null> {
    const cart = input.cartToken === null ? null : await this.carts.find(store, input.cartToken);
    if (!cart || cart.lines.length === 0) return null;
    const existing = await lockCheckoutOfCart(store, cart.cartId);
    if (existing) return this.resume(store, existing, cart, input);
    const buyer = await this.buyers.known(store, input.customerId);
    const checkout = { ...newCheckout(cart, input), ...buyer };
    const token = this.tokens.of(store.storeId, checkout.checkoutId);
    const keys = { token, browser: input.browser };
    if (!(await insertCheckout(store, checkout, keys, waits.openHours))) {
      // Two clicks at once: the other one's checkout is this cart's.
      const other = await lockCheckoutOfCart(store, cart.cartId);
      return other ? this.resume(store, other, cart, input) : null;
    }
    const { checkout: priced } = await this.quotes.price(store, checkout);
    await writeCheckout(store, priced);
    store.publish(CheckoutStarted, { checkoutId: checkout.checkoutId });
    return token;
  }

  /**
   * Changes an open checkout, and prices it again.
   * @param version the one that the shopper's page shows; any when left out
   * @throws Unasked outside `write`
   */
  async update(
    store: StoreWriter,
    token: string,
    change: CheckoutChange,
    version?: number,
  ): Promise<UpdateOutcome> {
    const found = await findCheckout(store, token);
    const checkout = found && (await lockCheckout(store, found.checkoutId));
    if (!checkout) return { kind: 'missing' };
    if (nextState(checkout.state, 'update') === null || checkout.overdue)
      return { kind: 'not-open', checkout };
    if (version !== undefined && version !== checkout.version) return { kind: 'raced', checkout };
    const changed = await this.apply(store, checkout, change);
    const { checkout: priced, unknownCodes } = await this.quotes.price(store, changed);
    const saved = await saveCheckout(store, priced, checkout.terms ? null : waits.openHours * 60);
    return { kind: 'done', checkout: saved, unknownCodes };
  }

  private async resume(
    store: StoreWriter,
    existing: CheckoutRow,
    cart: Cart,
    { locale, customerId }: StartInput,
  ): Promise<string> {
    // A link that somebody got before must not lead to what is the customer's alone.
    const signedIn = customerId !== null && customerId !== existing.customerId;
    const round = existing.tokenRound + (signedIn && existing.state === 'open' ? 1 : 0);
    const token = this.tokens.of(store.storeId, existing.checkoutId, round);
    await rotateToken(store, existing.checkoutId, { token, round });
    if (existing.state !== 'open') return token;
    // What was withdrawn since is in no cart any more.
    const inCart = new Set(cart.lines.map(({ key }) => key));
    const changed =
      existing.cartVersion !== cart.version || existing.lines.some(({ id }) => !inCart.has(id));
    const moved = (existing.exchange?.market ?? null) !== (cart.exchange?.market ?? null);
    // What was held is of other lines.
    if (changed && existing.payKey !== null) await this.stock.release(store, existing.checkoutId);
    const { checkout } = await this.quotes.price(store, {
      ...existing,
      ...(await this.whoResumes(store, existing, customerId)),
      locale,
      // The rate stays what it was, unless the shopper buys elsewhere now.
      ...(moved ? { currency: cart.currency, exchange: cart.exchange, paymentMethod: null } : {}),
      lines: changed ? freezeLines(cart) : existing.lines,
      cartVersion: cart.version,
      note: cart.note,
      attributes: { ...cart.attributes },
      codes: normalCodes([...existing.codes, ...cart.codes]),
    });
    await saveCheckout(store, checkout, waits.openHours * 60);
    return token;
  }

  /** Whoever signed in since is the buyer; what they typed stays. */
  private async whoResumes(
    store: StoreReader,
    existing: CheckoutRow,
    customerId: string | null,
  ): Promise<Partial<Checkout>> {
    if (customerId === existing.customerId) return {};
    if (customerId === null) return { customerId };
    const known = await this.buyers.known(store, customerId);
    return {
      customerId,
      email: existing.email ?? known.email,
      phone: existing.phone ?? known.phone,
      shippingAddress: existing.shippingAddress ?? known.shippingAddress,
    };
  }

  private async apply(
    store: StoreReader,
    checkout: CheckoutRow,
    change: CheckoutChange,
  ): Promise<Checkout> {
    const changed = applyChange(checkout, change);
    const { paymentAccountId } = change;
    if (paymentAccountId === undefined) return changed;
    const offered = await this.methods(store, checkout);
    const chosen = offered.find(({ accountId }) => accountId === paymentAccountId);
    return { ...changed, paymentMethod: chosen ?? null };
  }
}

function newCheckout(cart: Cart, { locale, source }: StartInput): Checkout {
  return {
    ...blankCheckout({ checkoutId: newId(), currency: cart.currency, locale }),
    cartId: cart.cartId,
    cartVersion: cart.version,
    source: source ?? cart.source,
    lines: freezeLines(cart),
    note: cart.note,
    attributes: { ...cart.attributes },
    codes: normalCodes(cart.codes),
    exchange: cart.exchange,
  };
}
