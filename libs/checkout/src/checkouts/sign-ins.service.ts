import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import {
  type CartRow,
  endMerged,
  findCartOf,
  findOpenCart,
  giveCart,
  lockOwner,
} from '../carts/cart-rows.queries';
import { OpenCarts } from '../carts/open-carts.service';
import { lockCheckoutOfCart, moveCheckout, rotateToken } from './checkout-rows.queries';
import { CheckoutTokens } from './checkout-tokens.service';

/** Who signs in, and with which cart. */
export interface SignIn {
  customerId: string;
  /** The token of the browser's cart, or null. */
  cartToken: string | null;
}

/** A race is lost to the customer's own other tab. */
const tries = 3;

/**
 * What becomes of a cart when a shopper turns out to be a customer (commerce.md, 2.1): the guest's goes into the
 * customer's, which every browser finds that they sign in with. Tokens that a guest had lead nowhere afterwards.
 */
@Injectable()
export class ShopperSignIns {
  constructor(
    @Inject(OpenCarts) private readonly carts: OpenCarts,
    @Inject(CheckoutTokens) private readonly tokens: CheckoutTokens,
  ) {}

  /** The token of the customer's open cart, or null while they have none. */
  async cartTokenOf(store: StoreReader, customerId: string): Promise<string | null> {
    const own = await findCartOf(store, customerId);
    return own && this.tokens.ofCart(store.storeId, own.cartId);
  }

  /** @returns the token for the browser's cookie; null when there is no cart, or it could not be had in time */
  async signIn(store: StoreWriter, { customerId, cartToken }: SignIn): Promise<string | null> {
    await lockOwner(store, customerId);
    const found = cartToken === null ? null : await findOpenCart(store, cartToken);
    // Somebody else's cart stays theirs, whoever has their cookie.
    const guest = found?.customerId === null ? found : null;
    const own = await findCartOf(store, customerId);
    const going = own ?? guest;
    if (!going) return null;
    const token = this.tokens.ofCart(store.storeId, going.cartId);
    if (own && guest && cartToken !== null) {
      if (!(await this.merge(store, { own, token, guest, cartToken }))) return null;
    } else if (guest) {
      await giveCart(store, guest.cartId, { customerId, token });
    }
    await this.rotate(store, going.cartId);
    return token;
  }

  private async merge(
    store: StoreWriter,
    carts: { own: CartRow; token: string; guest: CartRow; cartToken: string },
  ): Promise<boolean> {
    const { own, token, guest, cartToken } = carts;
    const brought = await this.carts.find(store, cartToken);
    if (!brought) return false;
    const { currency } = own;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.carts.join(store, { token, currency }, brought);
      if (outcome.kind === 'done') break;
      if (outcome.kind === 'refused' || attempt === tries) return false;
    }
    await endMerged(store, guest.cartId);
    await this.bring(store, guest.cartId, own.cartId);
    return true;
  }

  /** The guest's checkout goes on with the customer's cart; a cart has one at a time, and who pays goes first. */
  private async bring(store: StoreWriter, from: string, to: string): Promise<void> {
    const brought = await lockCheckoutOfCart(store, from);
    if (!brought) return;
    const there = await lockCheckoutOfCart(store, to);
    const stays = there?.state === 'paying';
    if (there && !stays) await moveCheckout(store, there.checkoutId, null);
    await moveCheckout(store, brought.checkoutId, stays ? null : to);
  }

  /** Only where nobody is at a provider, who leads back by the token. */
  private async rotate(store: StoreWriter, cartId: string): Promise<void> {
    const checkout = await lockCheckoutOfCart(store, cartId);
    if (checkout?.state !== 'open') return;
    const { checkoutId } = checkout;
    const round = checkout.tokenRound + 1;
    const token = this.tokens.of(store.storeId, checkoutId, round);
    await rotateToken(store, checkoutId, { token, round });
  }
}
