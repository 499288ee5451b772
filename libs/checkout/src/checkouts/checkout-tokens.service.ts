import { Inject, Injectable } from '@nestjs/common';
import { Secrets } from '@platform/secrets';

const purpose = 'checkout-token';
/** 192 bits. */
const length = 32;

/** The tokens in the addresses of checkouts: made of their ids, so that a link can be given again and is kept nowhere. */
@Injectable()
export class CheckoutTokens {
  constructor(@Inject(Secrets) private readonly secrets: Secrets) {}

  /** The token of a checkout. */
  of(storeId: string, checkoutId: string): string {
    const mac = this.secrets
      .sign(JSON.stringify([storeId, checkoutId]), purpose)
      .split('.')
      .at(-1);
    return (mac ?? '').slice(0, length);
  }
}
