import { Inject, Injectable } from '@nestjs/common';
import { Images } from '@libs/media';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';
import type { Cart, CartLine } from '../carts/cart';
import { OpenCarts, emptyCart } from '../carts/open-carts.service';
import { type AjaxCart, ajaxCart } from './ajax-cart';
import { type AjaxLine, ajaxLine } from './ajax-line';
import { type ReadyImages, cartView } from './cart-view';

/** A cart with the lines that a script asks about beside it. */
export interface AjaxAnswer {
  cart: AjaxCart;
  lines: AjaxLine[];
  gained: AjaxLine[];
  lost: AjaxLine[];
}

/** What was done to a cart, as the core tells it. */
interface Done {
  cart: Cart;
  lines: CartLine[];
  gained: CartLine[];
  lost: CartLine[];
}

/** A shopper's cart as pages and scripts show it. */
@Injectable()
export class Carts {
  constructor(
    @Inject(OpenCarts) private readonly carts: OpenCarts,
    @Inject(Images) private readonly images: Images,
  ) {}

  /** What a theme reads as `@cart`, in at most three statements; null when the token opens no cart or an empty one. */
  async view(store: StoreReader, token: string): Promise<View<'cart'> | null> {
    const cart = await this.carts.find(store, token);
    if (!cart || cart.lines.length === 0) return null;
    return cartView(cart, await this.ready(store, cart.lines));
  }

  /** What `/cart.js` answers. @param currency the store's, for a shopper who has no cart */
  async ajax(store: StoreReader, token: string | null, currency: string): Promise<AjaxCart> {
    const found = token === null ? null : await this.carts.find(store, token);
    const cart = found ?? emptyCart(currency);
    return ajaxCart(cart, await this.ready(store, cart.lines));
  }

  /** What a script is told of a change. */
  async answer(store: StoreReader, { cart, lines, gained, lost }: Done): Promise<AjaxAnswer> {
    const images = await this.ready(store, [...cart.lines, ...lost]);
    const line = (one: CartLine) => ajaxLine(one, images);
    return {
      cart: ajaxCart(cart, images),
      lines: lines.map(line),
      gained: gained.map(line),
      lost: lost.map(line),
    };
  }

  private async ready(store: StoreReader, lines: readonly CartLine[]): Promise<ReadyImages> {
    const ids = new Set(lines.flatMap(({ offer }) => offer.mediaId ?? []));
    return ids.size === 0 ? new Map() : this.images.ready(store, [...ids]);
  }
}
