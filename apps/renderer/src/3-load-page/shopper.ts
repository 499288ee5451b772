import { customerToken } from '../account/customer-cookie';
import type { FormResult } from '../actions/forms/form-results';

/** What of a shopper a page may depend on. */
export interface Shopper {
  /** The token of the cart cookie, or null. */
  cartToken: string | null;
  /** The token of whoever is signed in; none where it does not matter. */
  customerToken?: string | null;
  /** The form that they have just sent, if it was one of this store. */
  formResult?: FormResult | null;
  /** The country that they said they buy from; null is the store's own. */
  country?: string | null;
}

/** The cookie of a cart. */
export const cartCookie = 'cart';

/** The cookie of the country that a shopper chose; null takes it away. It lasts as long as a cart at least. */
export function countryCookie(country: string | null, secure: boolean): string {
  const life = country === null ? 0 : 365 * 24 * 60 * 60;
  const flags = `Path=/; Max-Age=${life}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return `country=${country ?? ''}; ${flags}`;
}

/** Reads the shopper's cookies; a value that we did not make counts as none. */
export function shopperOf(cookieHeader: string | undefined): Shopper {
  const match = /(?:^|;\s*)cart=([\w-]{20,100})(?:;|$)/.exec(cookieHeader ?? '');
  const country = /(?:^|;\s*)country=([A-Z]{2})(?:;|$)/.exec(cookieHeader ?? '')?.[1] ?? null;
  return { cartToken: match?.[1] ?? null, customerToken: customerToken(cookieHeader), country };
}

/** Whether a page may hold what is this shopper's alone. */
export function isKnown({ cartToken, customerToken: token }: Shopper): boolean {
  return cartToken !== null || (token ?? null) !== null;
}
