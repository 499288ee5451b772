/** What of the checkout a path asks for. */
export type CheckoutAsked =
  | { at: 'start' }
  | { at: 'checkout'; token: string; part: CheckoutPart }
  | { at: 'order'; token: string; part: 'page' | 'state' | 'return' }
  | { at: 'order'; token: string; part: 'document'; documentId: string };

/** The pages of a checkout, and what their forms and scripts ask for. */
export type CheckoutPart =
  'page' | 'information' | 'delivery' | 'payment' | 'codes' | 'express' | 'return' | 'state';

const parts: readonly string[] = [
  'information',
  'delivery',
  'payment',
  'codes',
  'express',
  'return',
  'state',
] satisfies CheckoutPart[];

const token = /^[\w-]{20,100}$/;

/** Matches `/checkout`, `/checkouts/<token>/…` and `/orders/<token>`; null for every other path. */
export function checkoutAsked(path: string): CheckoutAsked | null {
  if (path === '/checkout') return { at: 'start' };
  const [area, second = '', third, ...more] = path.slice(1).split('/');
  if (!token.test(second)) return null;
  if (area === 'orders' && third === 'documents' && more.length === 1)
    return { at: 'order', token: second, part: 'document', documentId: more[0] ?? '' };
  if (more.length > 0) return null;
  if (area === 'orders' && (third === undefined || third === 'state' || third === 'return'))
    return { at: 'order', token: second, part: third ?? 'page' };
  if (area !== 'checkouts') return null;
  if (third === undefined) return { at: 'checkout', token: second, part: 'page' };
  return parts.includes(third)
    ? { at: 'checkout', token: second, part: third as CheckoutPart }
    : null;
}
