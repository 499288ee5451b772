import type { Merchant } from '../apps/e2e/test/merchant';

/** A page to look at. */
export interface AuditedPage {
  /** Its page type, with what is special about it: `cart`, `cart-filled`. */
  name: string;
  path: string;
  /** The cart has something in it. */
  cart?: true;
}

interface Named {
  handle: string;
}

/** Every page type of the storefront, each by an address of the demo store. */
export async function pagesOf(merchant: Merchant): Promise<AuditedPage[]> {
  const first = async (list: string): Promise<string> => {
    const [item] = await merchant.all<Named>(list);
    if (!item) throw new Error(`The demo store has nothing under ${list}.`);
    return encodeURIComponent(item.handle);
  };
  const blog = await first('/blogs');
  const blogs = await merchant.all<Named & { id: string }>('/blogs');
  const article = await first(`/blogs/${blogs[0]?.id}/articles`);
  return [
    { name: 'home', path: '/' },
    { name: 'collection', path: '/collections/all' },
    { name: 'product', path: `/products/${await first('/products')}` },
    { name: 'list-collections', path: '/collections' },
    { name: 'page', path: `/pages/${await first('/pages')}` },
    { name: 'contact', path: '/pages/contact' },
    { name: 'blog', path: `/blogs/${blog}` },
    { name: 'article', path: `/blogs/${blog}/${article}` },
    { name: 'search', path: '/search?q=vase' },
    { name: 'search-empty', path: '/search?q=nothing-is-called-this' },
    { name: 'cart', path: '/cart' },
    { name: 'cart-filled', path: '/cart', cart: true },
    { name: '404', path: '/nowhere' },
  ];
}

/** The pages that speed is judged by. */
export function judged(pages: readonly AuditedPage[]): AuditedPage[] {
  return pages.filter(({ name }) => ['home', 'collection', 'product'].includes(name));
}
