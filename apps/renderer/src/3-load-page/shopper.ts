import type { FormResult } from '../actions/forms/form-results';

/** What of a shopper a page may depend on. */
export interface Shopper {
  /** The token of the cart cookie, or null. */
  cartToken: string | null;
  /** The form that they have just sent, if it was one of this store. */
  formResult?: FormResult | null;
}

/** The one cookie that the storefront sets. */
export const cartCookie = 'cart';

/** Reads the shopper's cookie; a value that we did not make counts as none. */
export function shopperOf(cookieHeader: string | undefined): Shopper {
  const match = /(?:^|;\s*)cart=([\w-]{20,100})(?:;|$)/.exec(cookieHeader ?? '');
  return { cartToken: match?.[1] ?? null };
}
