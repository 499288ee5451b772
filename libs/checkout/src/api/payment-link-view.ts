import type { StoreReader } from '@platform/database';
import type { BalanceLink } from '../drafts/balance-links.service';
import type { ShopAddress } from '@libs/domains';

/** A link by which the rest of an order is paid, as the API answers it. */
export async function paymentLinkView(
  store: StoreReader,
  shop: ShopAddress,
  { checkoutId, path, locale, ...link }: BalanceLink,
) {
  return { id: checkoutId, paymentUrl: await shop.urlOf(store, path, locale), ...link };
}
