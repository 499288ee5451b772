/**
 * Where a shopper comes back to who leaves a provider's page without paying.
 * @param after `open` where the page can still be paid, `over` where leaving it is a wish to pay otherwise
 */
export function leftAddress(returnUrl: string, after: 'open' | 'over'): string {
  const left = new URL(returnUrl);
  left.searchParams.set('left', after === 'open' ? '1' : 'over');
  return left.href;
}
