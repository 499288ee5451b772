/**
 * The handle under which a row's product is known: its own, or one made from its title, as
 * Shopify does for a new product without variants.
 * @returns the handle in lower case, or '' when the row names neither
 */
export function handleOf(handle: string, title: string): string {
  const own = handle.trim().toLowerCase();
  return own === '' ? slug(title) : own;
}

/** Letters and digits of any script, joined by single hyphens. */
function slug(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}
