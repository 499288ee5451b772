import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { StoreReader } from '@platform/database';
import { type FoundDiscounts, findDiscounts } from '../discounts/quote-discounts.queries';
import type { Cart } from './cart';
import { type PricedCart, priceCart } from './price-cart';

/** What carts cost at this moment. */
@Injectable()
export class CartPrices {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Prices a cart, in one statement; an empty one without codes needs none. */
  async of(store: StoreReader, cart: Cart): Promise<PricedCart> {
    const idle = cart.lines.length + cart.codes.length === 0;
    const nothing: FoundDiscounts = { discounts: [], unknownCodes: [] };
    const found = idle
      ? nothing
      : await findDiscounts(store, { codes: cart.codes, contact: null, checkoutId: null });
    return priceCart(cart, found, this.clock.now().getTime());
  }
}
