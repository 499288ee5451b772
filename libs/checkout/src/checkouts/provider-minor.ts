import type { Checkout } from './checkout';

/** What a provider is asked for, in minor units; 0 while the checkout has no amounts. */
export function providerMinor({ quote }: Pick<Checkout, 'quote'>): number {
  const tenders = quote?.tenders ?? [];
  return tenders.find(({ kind }) => kind === 'provider')?.amountMinor ?? 0;
}
