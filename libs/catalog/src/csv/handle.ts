import { handleFrom } from '../handles/handle';

/**
 * The handle under which a row's product is known: its own, or one made from its title, as
 * Shopify does for a new product without variants.
 * @returns the handle in lower case, or '' when the row names neither
 */
export function handleOf(handle: string, title: string): string {
  const own = handle.trim().toLowerCase();
  if (own !== '' || title.trim() === '') return own;
  return handleFrom(title, '');
}
