import { Inject, Injectable } from '@nestjs/common';
import { Secrets } from '@platform/secrets';

const purpose = 'checkout-token';
/** 192 bits. */
const length = 32;

/** The tokens in the addresses of checkouts: made of their ids, so that a link can be given again and is kept nowhere. */
@Injectable()
export class CheckoutTokens {
  constructor(@Inject(Secrets) private readonly secrets: Secrets) {}

  /** The token of a checkout. @param round how often it was replaced */
  of(storeId: string, checkoutId: string, round = 0): string {
    return this.sign(round === 0 ? [storeId, checkoutId] : [storeId, checkoutId, round]);
  }

  /** The token of a customer's cart: the same in every browser that they sign in with. */
  ofCart(storeId: string, cartId: string): string {
    return this.sign([storeId, 'cart', cartId]);
  }

  private sign(parts: readonly unknown[]): string {
    const mac = this.secrets.sign(JSON.stringify(parts), purpose).split('.').at(-1);
    return (mac ?? '').slice(0, length);
  }
}
