import { Inject, Injectable } from '@nestjs/common';
import { Images } from '@libs/media';
import { Payments } from '@libs/payments';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';
import type { Cart, CartLine } from '../carts/cart';
import { priceCart } from '../carts/price-cart';
import { CartPrices } from '../carts/cart-prices.service';
import { OpenCarts, emptyCart } from '../carts/open-carts.service';
import { type AjaxCart, ajaxCart } from './ajax-cart';
import { type AjaxLine, ajaxLine } from './ajax-line';
import { type ReadyImages, cartView } from './cart-view';
import { expressButtons, expressQuestion } from './express-buttons';

/** A cart with the lines that a script asks about beside it. */
export interface AjaxAnswer {
  cart: AjaxCart;
  lines: AjaxLine[];
  gained: AjaxLine[];
  lost: AjaxLine[];
}

const withoutDiscounts = { discounts: [], unknownCodes: [] };

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
    @Inject(CartPrices) private readonly prices: CartPrices,
    @Inject(Images) private readonly images: Images,
    @Inject(Payments) private readonly payments: Payments,
  ) {}

  /**
   * What a theme reads as `@cart`, in at most four statements, and one more with `buttons`; null when the token opens no
   * cart or an empty one.
   * @param wanted.buttons whether the theme reads where else the cart can be checked out; the list is empty otherwise
   */
  async view(
    store: StoreReader,
    token: string,
    wanted: { buttons: boolean },
  ): Promise<View<'cart'> | null> {
    const cart = await this.carts.find(store, token);
    if (!cart || cart.lines.length === 0) return null;
    const priced = await this.prices.of(store, cart);
    const asked = wanted.buttons ? expressQuestion(priced) : null;
    const buttons = asked ? expressButtons(await this.payments.methods(store, asked)) : [];
    return cartView(priced, await this.ready(store, cart.lines), buttons);
  }

  /** What `/cart.js` answers. @param currency the store's, for a shopper who has no cart */
  async ajax(store: StoreReader, token: string | null, currency: string): Promise<AjaxCart> {
    const found = token === null ? null : await this.carts.find(store, token);
    const cart = found ?? emptyCart(currency);
    return ajaxCart(await this.prices.of(store, cart), await this.ready(store, cart.lines));
  }

  /** What a script is told of a change. */
  async answer(store: StoreReader, { cart, lines, gained, lost }: Done): Promise<AjaxAnswer> {
    const images = await this.ready(store, [...cart.lines, ...lost]);
    const priced = await this.prices.of(store, cart);
    const known = new Map(priced.lines.map((line) => [line.key, line]));
    // What came and went is told by its quantity alone: discounts are of the whole cart.
    const bare = (changed: CartLine[]) =>
      priceCart({ ...cart, codes: [], lines: changed }, withoutDiscounts, 0).lines.map((line) =>
        ajaxLine(line, images),
      );
    return {
      cart: ajaxCart(priced, images),
      lines: lines.flatMap(({ key }) => {
        const line = known.get(key);
        return line ? [ajaxLine(line, images)] : [];
      }),
      gained: bare(gained),
      lost: bare(lost),
    };
  }

  private async ready(store: StoreReader, lines: readonly CartLine[]): Promise<ReadyImages> {
    const ids = new Set(lines.flatMap(({ offer }) => offer.mediaId ?? []));
    return ids.size === 0 ? new Map() : this.images.ready(store, [...ids]);
  }
}
